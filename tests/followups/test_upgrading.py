"""What stood before a release stands after it."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps

from boards.models import RowPurpose
from followups.carrying.carry import carry
from followups.drafting import start_minutes
from followups.jobs import carry_on
from followups.models import FollowUp, Report, Status, StatusChange
from followups.promises import Promise, save_promises
from followups.resolutions import save_report
from jobs.models import Job
from minutes.models import Block, MinutesItem
from publishing import issuing
from tests import factories
from tests.followups.build import AT, coming_meeting, follow_up, held_meeting, on_agenda

FINAL_AT = datetime(2026, 6, 9, 9, 0, tzinfo=UTC)
upgrade = import_module("followups.migrations.0008_keep_what_minutes_said_before").keep_what_was_issued


@pytest.fixture
def june(board, cast):
    """Final minutes, as the release before kept them: one carried follow-up was reported, and one was promised."""
    meeting = coming_meeting(board)
    factories.make_row(meeting, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS)
    factories.make_row(meeting, "Merking av strender", item=2)
    follow_up(held_meeting(board), "Skilt", actions=("Sette opp skilt.",), due_text="junimøtet")
    carry(board, at=AT)
    minutes = start_minutes(meeting, cast.secretary)
    save_report(Report.objects.get(), {"resolution": "<p>Bestilt.</p>"}, version=None, by=cast.secretary, at=AT)
    promise(minutes, "Telle badeplassene.", cast)
    issuing.finalise(minutes, by=cast.secretary, at=FINAL_AT, reason="Ferdig.")
    return minutes


def promise(minutes, text: str, cast) -> FollowUp:
    item = MinutesItem.objects.get(minutes=minutes, row__item=2)
    block = factories.make_block(item, "", type=Block.Type.FOLLOW_UP, label="Oppfølging:")
    return save_promises(block, [Promise(text)], by=cast.secretary, at=FINAL_AT)[0]


def forget_what_is_new() -> None:
    FollowUp.objects.update(as_issued=None, as_corrected=None)
    Report.objects.update(as_issued={})


def kept() -> tuple:
    return (
        list(FollowUp.objects.promised().order_by("pk").values_list("pk", "state", "as_issued")),
        list(Report.objects.order_by("pk").values_list("pk", "as_issued")),
        StatusChange.objects.count(),
    )


def test_what_issued_minutes_promised_is_still_promised_and_twice_is_as_once(june):
    before = kept()
    forget_what_is_new()
    assert kept() != before

    upgrade(apps, None)
    assert kept() == before
    upgrade(apps, None)
    assert kept() == before


def test_a_correction_that_was_open_meanwhile_does_all_it_says_when_it_is_issued(june, cast):
    issuing.open_correction(june, "Feil i referatet", by=cast.secretary)
    new = promise(june, "Kjøpe maling.", cast)
    said = Report.objects.get()
    save_report(said, {"status": Status.DONE}, version=None, by=cast.secretary, at=FINAL_AT)
    forget_what_is_new()

    upgrade(apps, None)

    assert new in FollowUp.objects.promised()  # the release before had it in the register at once
    issuing.issue_correction(june, by=cast.secretary, at=FINAL_AT)
    assert list(new.changes.values_list("before", "after", "meeting")) == [("", "open", june.meeting_id)]
    said.refresh_from_db()
    assert (said.follow_up.state, said.as_issued) == (Status.DONE, said.effect)


def test_a_carry_job_that_the_release_before_left_is_done(board):
    follow_up(held_meeting(board), "Skilt")
    meeting = coming_meeting(board)
    carry_on({"boards": [board.pk]}, Job())
    assert on_agenda(meeting) == ["Skilt"]
