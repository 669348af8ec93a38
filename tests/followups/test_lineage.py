from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from followups.carrying.carry import carry
from followups.models import Report
from followups.register.lineage import agenda_context, lineage, reports_in
from meetings.models import Meeting
from minutes.models import Minutes
from tests import factories
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db


def test_the_way_of_a_follow_up_is_told_from_its_source_to_this_meeting(board):
    source = held_meeting(board)
    follow_up(source, "Prøver på nett", due_text="septembermøtet", responsible=["Sundby kommune"])
    june = coming_meeting(board)
    carry(board, at=AT)
    Report.objects.update(resolution="<p>Prøvene er bestilt.</p>", due_text="desembermøtet")
    Meeting.objects.filter(pk=june.pk).update(state="held", numbers_fixed_at=AT)
    Minutes.objects.create(meeting=june, state=Minutes.State.FINAL)
    september = coming_meeting(board, date(2026, 9, 14), 43)
    carry(board, at=AT)

    told = lineage(reports_in(september))[0]

    assert (told["source"], told["times"], told["times_words"], told["age_days"]) == ("3-41/26", 2, "2. gang", 147)
    assert (told["last_resolution"], told["last_meeting"]) == ("<p>Prøvene er bestilt.</p>", june)
    assert [(stop["meeting"], stop["is_moved"]) for stop in told["stops"]] == [
        (source, False),
        (june, True),
        (september, False),
    ]
    assert (told["due"], told["due_meetings"]) == ("septembermøtet", [september])
    assert told["actions"][0]["responsible"] == ["Sundby kommune"]


def test_a_list_of_thirty_costs_the_queries_of_three(db):
    counts = []
    for many in (3, 30):
        board = factories.make_board(f"rad-{many}", name=f"Råd {many}")
        held = held_meeting(board)
        for item in range(many):
            follow_up(held, f"Sak {item}", item=item + 1)
        coming = coming_meeting(board)
        carry(board, at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert len(agenda_context(coming)["carried"]) == many
        counts.append(len(queries))
    assert counts[0] == counts[1]
