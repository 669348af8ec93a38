"""Meetings made in the product go out and come in again like any other."""

from datetime import date, time

import pytest
from django.db import transaction
from django.utils import timezone

from boards.models import Board, Layout
from followups.models import Action, FollowUp, Status
from followups.status import change_status
from meetings.models import Attendance, Interval, MeetingDay, Presenter
from minutes.models import Block, Decision, Minutes, MinutesItem, Vote
from publishing.exchange.exporting import as_text, export_record
from publishing.exchange.importing import import_record
from publishing.exchange.validating import check
from tests import factories

pytestmark = pytest.mark.django_db


def emptied(record: dict) -> dict:
    """The export after an import of the record into a database without this board."""
    with transaction.atomic():
        Board.objects.filter(slug=record["board"]["slug"]).update(slug="borte")
        import_record(record)
        out = export_record(Board.objects.get(slug=record["board"]["slug"]))
        transaction.set_rollback(True)
    return out


def a_board_with_a_meeting():
    board = factories.make_board()
    factories.make_seat(board, factories.make_person("Ada Berg", organisation="Havna"), "chair")
    factories.make_seat(board, factories.make_person("Arne Arkiv"), "archivist")
    Layout.objects.create(board=board, settings={"time_separator": ":"})
    meeting = factories.make_meeting(board)
    MeetingDay.objects.create(meeting=meeting, number=2, date=date(2026, 4, 21))
    row = factories.make_row(meeting, item=1, start=time(12, 0))
    Presenter.objects.create(row=row, name="Ada Berg")
    attended = Attendance.objects.create(meeting=meeting, name="Ada Berg", role="chair", status="partial")
    Interval.objects.create(attendance=attended, start=time(12, 15))
    minutes = Minutes.objects.create(meeting=meeting)
    item = MinutesItem.objects.create(minutes=minutes, row=row, label=row.label)
    decided = Block.objects.create(item=item, type="decision", html="<p>Ja.</p>")
    Decision.objects.create(block=decided, kind="decided")
    Vote.objects.create(block=decided, kind="counted", votes_for=1, votes_against=0)
    promised = Block.objects.create(item=item, order=1, type="follow-up")
    follow_up = FollowUp.objects.create(
        board=board, title="Kai", source_meeting=meeting, source_block=promised, source_order=0
    )
    Action.objects.create(follow_up=follow_up, text="Male kaien", responsible=["Ada Berg"])
    return board, follow_up


def test_a_meeting_made_here_goes_out_and_in_and_out_again():
    board, _follow_up = a_board_with_a_meeting()
    record = export_record(board)
    check(record)
    assert as_text(emptied(record)) == as_text(record)
    meeting = record["meetings"][0]
    assert [seat["person"] for seat in record["memberships"]] == ["Ada Berg"]
    assert meeting["attendance"][0]["intervals"] == [{"from": "12:15"}]
    assert meeting["minutes"]["items"][0]["blocks"] == [
        {
            "type": "decision",
            "kind": "decided",
            "html": "<p>Ja.</p>",
            "vote": {"kind": "counted", "for": 1, "against": 0},
        },
        {"type": "follow-up", "actions": [{"text": "Male kaien", "responsible": ["Ada Berg"]}]},
    ]


def test_a_status_that_a_person_set_goes_out():
    board, follow_up = a_board_with_a_meeting()
    by = factories.make_user("sigrun")
    change_status(follow_up, Status.DONE, by=by, on=date(2026, 5, 1), at=timezone.now())
    blocks = export_record(board)["meetings"][0]["minutes"]["items"][0]["blocks"]
    assert blocks[1]["actions"][0]["status"] == "done"


def test_a_meeting_goes_out_with_the_layout_of_its_day():
    board, _follow_up = a_board_with_a_meeting()
    Layout.objects.create(board=board, valid_from=date(2027, 1, 1), settings={"time_separator": "."})
    record = export_record(board)
    assert record["board"]["layout"] == {"time_separator": "."}
    assert record["meetings"][0]["layout"] == {"time_separator": ":"}
    assert as_text(emptied(record)) == as_text(record)


def test_an_export_asks_the_same_number_of_questions_for_one_meeting_and_for_many():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.publishing.records import case, item, meeting, minutes, promise, record, report

    def said(sequence: int) -> dict:
        rows = [case(f"1-{sequence}/26", "Kaien", presenters=[{"person": "Ada Berg"}])]
        blocks = [promise("Male kaien"), report(f"1-{sequence - 1}/26", "Kaien")]
        day = date(2026, 1, sequence).isoformat()
        return meeting(sequence, day, agenda=rows, minutes=minutes(item(f"1-{sequence}/26", *blocks), state="draft"))

    counts = []
    for slug, many in (("en", 1), ("mange", 12)):
        import_record(record(*map(said, range(2, 2 + many)), board={"slug": slug}))
        with CaptureQueriesContext(connection) as captured:
            export_record(Board.objects.get(slug=slug))
        counts.append(len(captured))
    assert counts[0] == counts[1]
