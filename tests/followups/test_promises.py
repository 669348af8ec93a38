from datetime import date

import pytest

from boardroom.lib.workflow import TransitionRefused
from boards.models import RowPurpose
from followups.carrying.carry import carry
from followups.drafting import start_minutes
from followups.models import Action, FollowUp, Report, Status, StatusChange
from followups.promises import Promise, register_from_minutes, save_promises
from followups.reports import add_blocks, freeze_reports
from minutes.models import Block, Minutes
from tests import factories
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(board):
    """A block of follow-ups in case 3 of minutes that are not final."""
    meeting = held_meeting(board, minutes_state=Minutes.State.DRAFT)
    item = factories.make_item(meeting.minutes, factories.make_row(meeting, "Badesesongen", item=3))
    return factories.make_block(item, "", type=Block.Type.FOLLOW_UP, label="Oppfølging:")


def finalise(minutes):
    Minutes.objects.filter(pk=minutes.pk).update(state=Minutes.State.FINAL)
    minutes.refresh_from_db()


def test_each_action_of_a_block_is_a_follow_up_of_its_case(draft, cast):
    save_promises(
        draft,
        [
            Promise("Sundby kommune legger ut prøvene.", ["Sundby kommune", "Tor Inge Sandbakk"], "septembermøtet"),
            Promise("Skilt settes opp.", status=Status.DONE, note="utført, se e-post"),
        ],
        by=cast.secretary,
        at=AT,
    )

    first, second = draft.follow_ups.order_by("source_order")
    assert (first.title, first.source_label, first.source_normal) == ("Badesesongen", "3-41/26", "3-41/26")
    action = first.actions.get()
    assert (action.due_text, action.due_month) == ("septembermøtet", date(2026, 9, 1))
    owners = {str(owner.person or owner.organisation) for owner in action.owners.all()}
    assert owners == {"Sundby kommune", "Tor Inge Sandbakk"}
    assert (second.state, second.actions.get().note) == (Status.DONE, "utført, se e-post")


def test_while_drafted_they_change_and_disappear_freely_and_are_not_the_boards_yet(draft, cast):
    made = save_promises(draft, [Promise("En"), Promise("To")], by=cast.secretary, at=AT)
    kept = Promise("To, bedre sagt", status=Status.WAITING, follow_up=made[1].pk)
    save_promises(draft, [kept], by=cast.secretary, at=AT)

    assert list(Action.objects.values_list("follow_up", "text", "state")) == [(made[1].pk, "To, bedre sagt", "waiting")]
    assert not FollowUp.objects.promised().exists()


def test_final_minutes_register_each_once_however_often_it_is_asked(draft, cast):
    made = save_promises(draft, [Promise("En"), Promise("To")], by=cast.secretary, at=AT)
    minutes = draft.item.minutes
    with pytest.raises(TransitionRefused):
        register_from_minutes(minutes, at=AT, by=cast.secretary)

    finalise(minutes)
    assert register_from_minutes(minutes, at=AT, by=cast.secretary) == made
    assert register_from_minutes(minutes, at=AT, by=cast.secretary) == []

    assert list(FollowUp.objects.promised()) == made
    assert list(StatusChange.objects.values_list("before", "after", "changed_on")) == [
        ("", "open", date(2026, 4, 20)),
        ("", "open", date(2026, 4, 20)),
    ]


def test_final_minutes_are_not_written_in(draft, cast):
    finalise(draft.item.minutes)
    with pytest.raises(TransitionRefused):
        save_promises(draft, [Promise("En")], by=cast.secretary, at=AT)
    assert not FollowUp.objects.exists()


@pytest.fixture
def second_meeting(board, cast):
    """A meeting that received two follow-ups, and its draft."""
    held = held_meeting(board)
    follow_up(held, "Prøver på nett", item=3, actions=("Ta prøver.", "Legge dem ut."))
    follow_up(held, "Skilt", item=4, due_text="junimøtet", due_month=date(2026, 6, 1))
    coming = coming_meeting(board)
    row = factories.make_row(coming, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS)
    row.proposed_decision = "<p>Rådet tar statusen til orientering.</p>"
    row.save()
    carry(board, at=AT)
    return coming


def test_started_minutes_have_a_block_for_each_report_before_the_decision(second_meeting, cast):
    minutes = start_minutes(second_meeting, cast.secretary)
    assert add_blocks(minutes) == 0

    blocks = Block.objects.filter(item__minutes=minutes).order_by("order")
    assert [block.type for block in blocks] == ["follow-up-report", "follow-up-report", "decision"]
    assert [block.report.title for block in blocks[:2]] == ["Prøver på nett", "Skilt"]
    assert [block.list for block in blocks[:2]] == ["numbers", ""]


def test_what_the_final_minutes_say_of_a_follow_up_holds_and_the_report_stays(second_meeting, cast):
    minutes = start_minutes(second_meeting, cast.secretary)
    samples, signs = Report.objects.order_by("order")
    Report.objects.filter(pk=samples.pk).update(
        status=Status.DONE, resolution="<p>Utført, se e-post fra Ola Bakken.</p>"
    )
    Report.objects.filter(pk=signs.pk).update(due_text="septembermøtet")
    finalise(minutes)

    for _ in range(2):
        freeze_reports(minutes, at=AT, by=cast.secretary, on=TODAY)

    assert samples.follow_up.__class__.objects.get(pk=samples.follow_up_id).state == Status.DONE
    whole = StatusChange.objects.get(action__isnull=True)
    assert (whole.text, whole.meeting) == ("Utført, se e-post fra Ola Bakken.", second_meeting)
    action = signs.follow_up.actions.get()
    assert (action.due_month, action.times_moved) == (date(2026, 9, 1), 1)


def test_the_next_meeting_has_a_text_of_its_own(second_meeting, cast, board):
    minutes = start_minutes(second_meeting, cast.secretary)
    Report.objects.update(resolution="<p>Slik ble det sagt i juni.</p>")
    finalise(minutes)
    freeze_reports(minutes, at=AT, by=cast.secretary, on=TODAY)
    september = coming_meeting(board, date(2026, 9, 14), 43)
    carry(board, at=AT)

    Report.objects.filter(meeting=september).update(resolution="<p>Nytt i september.</p>")

    said = Report.objects.filter(meeting=second_meeting).values_list("resolution", flat=True)
    assert set(said) == {"<p>Slik ble det sagt i juni.</p>"}
