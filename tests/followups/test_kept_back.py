"""Words said of an open follow-up behind closed doors stay in the minutes (P10, P15, A8)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from boards.models import RowPurpose
from followups.models import FollowUp, OwnerReport, Report, Status
from followups.owners import reporting
from followups.owners.links import token_for
from followups.register.lineage import agenda_context
from followups.reports import freeze_reports
from followups.templatetags.follow_ups import carried_follow_ups
from mail.models import Letter
from mail.writing import written
from minutes.models import Minutes
from tests import factories
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db
SECRET = "Zqsykdom"


@pytest.fixture(autouse=True)
def in_april():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def made(board, cast):
    """Asked a new date for by who answers for it; the meeting said why, behind closed doors."""
    promised = follow_up(held_meeting(board, date(2026, 3, 2), sequence=40), "Skilt ved badeplassen", item=2)
    owner = factories.make_person("Kari Nordvik", email="kari@example.org")
    promised.actions.get().owners.create(person=owner)
    asked = {"due_text": "1. september 2026", "person": owner, "at": AT - timedelta(days=3)}
    reporting.report(promised, OwnerReport.Kind.NEW_DATE, "Leverandøren er sein.", **asked)
    meeting = held_meeting(board, minutes_state=Minutes.State.DRAFT)
    closed = {"is_closed": True, "closed_basis": "koml. § 11-5"}
    row = factories.make_row(meeting, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS, **closed)
    said = {"resolution": f"<p>{SECRET} hos leverandøren.</p>", "status": Status.WAITING, "due_text": "høsten 2026"}
    Report.objects.create(meeting=meeting, follow_up=promised, row=row, title=promised.title, **said)
    freeze_reports(meeting.minutes, at=AT, by=cast.secretary, on=TODAY)
    Minutes.objects.update(state=Minutes.State.FINAL)
    return FollowUp.objects.get(pk=promised.pk)


def test_they_take_effect_and_are_told_nowhere_else(made, board, cast, signed_in):
    assert (made.state, made.actions.get().due_text) == (Status.WAITING, "høsten 2026")
    owner = OwnerReport.objects.get().person
    assert OwnerReport.objects.get().fate_text == "høsten 2026"
    pages = [reverse(f"followups:{name}", args=[board.slug]) for name in ("register", "csv", "print")]
    pages.append(made.get_absolute_url())
    for page in pages:
        answer = signed_in(cast.observer).get(page)
        whole = answer.getvalue().decode()
        assert "Sundby legger ut prøvene." in whole and SECRET not in whole, page
    report = Report.objects.get()
    on_agenda = {
        user: carried_follow_ups({"user": user}, report.row)["carried"] for user in (cast.observer, cast.secretary)
    }
    assert [SECRET in carried[0]["report"].resolution for carried in on_agenda.values()] == [False, True]
    assert SECRET in signed_in(cast.member).get(made.get_absolute_url()).text
    assert SECRET not in Client().get(reverse("followups:link", args=[token_for(made, owner, TODAY)])).text
    assert [one["last_resolution"] for one in told_in_june(board, made)] == [""]


def test_no_mail_and_no_line_of_the_trail_holds_them(made):
    letter = Letter.objects.get(kind="owner-report")
    content = str(written(letter, timezone.now()))
    assert "høsten 2026" in content and SECRET not in content
    assert SECRET not in str(list(Entry.objects.values_list("payload", flat=True)))


def told_in_june(board, made) -> list[dict]:
    june = coming_meeting(board)
    Report.objects.create(meeting=june, follow_up=made, title=made.title)
    return agenda_context(june)["carried"]
