"""A correction takes back what its meeting did to the register, and nothing that was said since.

`ROLLBACK_EXAMPLES=500 pytest tests/followups/test_rollback.py` corrects that many registers.
"""

import os
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.models import RowPurpose
from followups import rollback, sources
from followups.carrying.carry import carry
from followups.drafting import start_minutes
from followups.models import Action, DueChange, FollowUp, OwnerReport, Report, Status, StatusChange
from followups.promises import Promise, save_promises
from followups.register.edits import ActionValues, edit_follow_up
from followups.reports import freeze_reports
from followups.resolutions import save_report
from followups.status import change_status, derive
from minutes import editing, removal
from minutes.models import Block, Minutes
from publishing import issuing
from publishing.exchange.exporting import export_record
from publishing.models import Document
from tests import factories
from tests.followups.build import coming_meeting, follow_up, held_meeting, on_agenda

EARLY = datetime(2026, 4, 21, 8, 0, tzinfo=UTC)
AT = datetime(2026, 6, 9, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def june(board):
    """The meeting of June with a follow-up case, and one of September after it."""
    meeting = coming_meeting(board)
    factories.make_row(meeting, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS)
    factories.make_row(meeting, "Merking av strender", item=2)
    coming_meeting(board, date(2026, 9, 14), 43)
    return meeting


@pytest.fixture
def signs(board, june):
    one = follow_up(held_meeting(board), "Skilt", actions=("Sette opp skilt.",), due_text="junimøtet")
    carry(board, at=EARLY)
    return one


@pytest.fixture
def write(june, cast):
    """A function that makes the draft, and writes what is said in June."""

    def written(**said) -> Minutes:
        minutes = start_minutes(june, cast.secretary)
        for report in Report.objects.filter(meeting=june):
            save_report(report, {"resolution": "<p>Gjennomgått.</p>", **said}, version=None, by=cast.secretary, at=AT)
        return minutes

    return written


@pytest.fixture
def final(cast):
    def finalised(minutes: Minutes) -> Minutes:
        issuing.finalise(minutes, by=cast.secretary, at=AT, reason="Ferdig.")
        return minutes

    return finalised


@pytest.fixture
def correct(cast):
    """A function that opens a correction, does the act and issues it; the sentences it was announced with."""

    def corrected(minutes: Minutes, act) -> list[str]:
        issuing.open_correction(minutes, "Feil i referatet", by=cast.secretary)
        act()
        told = [step.sentence for step in rollback.steps(minutes)]
        issuing.issue_correction(minutes, by=cast.secretary, at=LATER)
        assert not rollback.steps(minutes)
        return told

    return corrected


@pytest.fixture
def say(june, cast):
    def said(**values) -> None:
        report = Report.objects.get(meeting=june)
        save_report(report, values, version=None, by=cast.secretary, at=LATER)

    return said


def stands(one: FollowUp) -> tuple:
    fresh = FollowUp.objects.get(pk=one.pk)
    return fresh.state, [(a.state, a.due_text, a.due_month, a.times_moved) for a in fresh.actions.all()]


def test_a_report_that_no_longer_says_done_opens_it_again_and_keeps_the_history(
    signs, board, write, final, correct, say, june
):
    before = stands(signs)
    minutes = final(write(status=Status.DONE, due_text="desembermøtet"))
    carry(board, at=AT)
    assert not Report.objects.filter(meeting__sequence=43).exists()

    told = correct(minutes, lambda: say(status="", due_text=""))

    assert told == ["«Skilt» goes from Done to Open.", "«Skilt» is due: junimøtet."]
    assert stands(signs) == before
    back = StatusChange.objects.get(follow_up=signs, action__isnull=True, undoes__isnull=False)
    assert (back.undoes.after, back.after, back.text, back.meeting) == ("done", "open", "Feil i referatet", june)
    moved_back = DueChange.objects.get(undoes__isnull=False)
    assert (moved_back.before, moved_back.after, moved_back.text) == ("desembermøtet", "junimøtet", "Feil i referatet")
    carry(board, at=LATER)
    assert on_agenda(board.meetings.get(sequence=43)) == ["Skilt"]


def test_a_corrected_status_that_is_not_printed_can_be_issued_and_given_up(signs, write, final, correct, say, cast):
    minutes = final(write(status=Status.DONE))
    issuing.open_correction(minutes, "Status", by=cast.secretary)
    say(status=Status.WAITING)
    with pytest.raises(issuing.TransitionRefused):
        issuing.give_up_correction(minutes, by=cast.secretary)
    issuing.issue_correction(minutes, by=cast.secretary, at=LATER)
    assert stands(signs)[0] == Status.WAITING
    with pytest.raises(issuing.TransitionRefused):
        correct(minutes, lambda: None)
    issuing.give_up_correction(minutes, by=cast.secretary)
    correct(minutes, lambda: say(status=Status.DONE))
    assert stands(signs)[0] == Status.DONE
    assert StatusChange.objects.filter(follow_up=signs, action__isnull=True).count() == 5


@pytest.mark.parametrize("later", ["an act", "a meeting"])
def test_what_was_spoken_of_since_stays_and_a_sentence_says_so(later, signs, board, write, final, correct, say, cast):
    minutes = final(write(status=Status.WAITING))
    carry(board, at=AT)
    signs.refresh_from_db()
    if later == "an act":
        change_status(signs, Status.IN_PROGRESS, by=cast.secretary, on=date(2026, 6, 15), at=LATER)
    else:
        september = start_minutes(board.meetings.get(sequence=43), cast.secretary)
        Report.objects.filter(meeting__sequence=43).update(status=Status.WAITING, resolution="<p>Venter.</p>")
        issuing.finalise(september, by=cast.secretary, at=LATER, reason="Ferdig.")
    before = stands(signs)
    (told,) = correct(minutes, lambda: say(status=""))
    assert "it was spoken of later" in told
    assert stands(signs) == before


def test_one_taken_out_of_the_minutes_by_a_correction_is_as_before_the_meeting(signs, write, final, correct, cast):
    before = stands(signs)
    minutes = final(write(status=Status.DROPPED, due_text="oktober"))
    from followups.carrying.placing import leave_out

    report = Report.objects.get(meeting=minutes.meeting)
    correct(minutes, lambda: leave_out(report, "Gjaldt en annen sak", by=cast.secretary, at=LATER))
    assert stands(signs) == before


@pytest.fixture
def promised(june, write, cast):
    """A block of the minutes with two promises, in a draft."""
    item = write().items.get(row__item=2)
    block = editing.add_block(item, Block.Type.FOLLOW_UP, by=cast.secretary)
    typed = [Promise("Male skilt", ["Sundby kommune"], "septembermøtet"), Promise("Telle skilt")]
    save_promises(block, typed, by=cast.secretary, at=AT)
    return block


def typed_again(block: Block, cast, *texts: str) -> None:
    """The block with these words, by the place of each; "" takes that one out."""
    known = list(block.follow_ups.order_by("pk"))
    rows = zip(known, texts, strict=True)
    kept = [Promise(text, ["Sundby kommune"], "septembermøtet", follow_up=one.pk) for one, text in rows if text]
    save_promises(Block.objects.get(pk=block.pk), kept, by=cast.secretary, at=LATER)


def test_promises_follow_a_correction_with_one_identity_and_come_back_the_same(promised, board, final, correct, cast):
    minutes = final(promised.item.minutes)
    first, second = FollowUp.objects.order_by("pk")
    carry(board, at=AT)
    assert len(on_agenda(board.meetings.get(sequence=43))) == 2

    told = correct(minutes, lambda: typed_again(promised, cast, "Male alle skilt", ""))

    assert told == [
        "«Male alle skilt» is worded so in the register too.",
        "«Telle skilt» is taken out of the register.",
    ]
    assert first.actions.get().text == "Male alle skilt"
    second.refresh_from_db()
    assert second.state == Status.DROPPED
    dropped = second.changes.get(action__isnull=True, after=Status.DROPPED)
    assert dropped.text == "Tatt ut ved retting: Feil i referatet"
    assert len(on_agenda(board.meetings.get(sequence=43))) == 1

    def again() -> None:
        kept = [Promise("Male alle skilt", ["Sundby kommune"], "septembermøtet", follow_up=first.pk)]
        save_promises(Block.objects.get(pk=promised.pk), [*kept, Promise("Telle skilt")], by=cast.secretary, at=LATER)

    assert correct(minutes, again) == ["«Telle skilt» stands in the register again."]
    second.refresh_from_db()
    assert (second.state, FollowUp.objects.count()) == (Status.OPEN, 2)


def test_a_block_taken_out_and_brought_back(promised, final, correct, cast):
    minutes = final(promised.item.minutes)

    def out() -> None:
        block = Block.objects.get(pk=promised.pk)
        removal.take_out(block, version=block.version, by=cast.secretary, at=LATER)
        assert FollowUp.objects.promised().open().count() == 2

    correct(minutes, out)
    assert set(FollowUp.objects.values_list("state", flat=True)) == {Status.DROPPED}
    correct(minutes, lambda: removal.bring_back(Block.objects.get(pk=promised.pk), by=cast.secretary))
    assert set(FollowUp.objects.values_list("state", flat=True)) == {Status.OPEN}


def test_the_register_goes_on_and_the_minutes_stay_as_they_were_issued(promised, board, final, cast, june):
    minutes = final(promised.item.minutes)
    exported = export_record(board, june)
    first = FollowUp.objects.order_by("pk").first()
    action = first.actions.get()
    changed = ActionValues("Noe helt annet", ["Kari Nordvik"], "mai", "Merknad", pk=action.pk)
    edit_follow_up(first, "Annen tittel", "9-9/99", [changed], by=cast.secretary, at=LATER)

    assert export_record(board, june) == exported
    document = issuing.approve(minutes, "chair", date(2026, 6, 25), by=cast.secretary, at=LATER, by_names=["Ada Berg"])
    assert "Male skilt" in str(document.content["cases"])
    assert "Noe helt annet" not in str(document.content)
    assert Document.objects.filter(meeting=june, kind="minutes").count() == 2


def test_what_is_typed_in_a_correction_is_not_the_registers_before_it_is_issued(promised, final, cast):
    minutes = final(promised.item.minutes)
    issuing.open_correction(minutes, "Ordlyd", by=cast.secretary)
    typed_again(promised, cast, "Male alle skilt", "Telle skilt")
    one, new = promised.follow_ups.order_by("pk")[0], Promise("Vaske skilt")
    kept = [Promise("Male alle skilt", follow_up=one.pk), Promise("Telle skilt", follow_up=one.pk + 1), new]
    save_promises(Block.objects.get(pk=promised.pk), kept, by=cast.secretary, at=LATER)
    assert one.actions.get().text == "Male skilt"
    assert FollowUp.objects.promised().count() == 2


def test_what_the_owner_said_is_confirmed_by_the_minutes_and_waits_again_when_they_are_corrected(
    signs, write, final, correct, say, june
):
    said = OwnerReport.objects.create(
        follow_up=signs, kind=OwnerReport.Kind.DONE, text="Skiltene står.", said_at=AT, fate=OwnerReport.Fate.WAITING
    )
    minutes = final(write(status=Status.DONE))
    said.refresh_from_db()
    assert (said.fate, said.meeting) == (OwnerReport.Fate.CONFIRMED, june)
    correct(minutes, lambda: say(status=""))
    said.refresh_from_db()
    assert (said.fate, said.meeting) == (OwnerReport.Fate.WAITING, None)


def test_nothing_published_is_taken_back_and_nothing_is_done_twice(signs, write, final, correct, say, june, cast):
    minutes = final(write(status=Status.DONE))
    first = Document.objects.get(meeting=june, kind="minutes")
    correct(minutes, lambda: say(status=""))
    rollback.carry_out(minutes, by=cast.secretary, on=date(2026, 6, 20), at=LATER, reason="Igjen")
    assert StatusChange.objects.filter(follow_up=signs, undoes__isnull=False).count() == 2
    assert Document.objects.get(pk=first.pk).content == first.content
    assert Document.objects.get(meeting=june, version=2).stage == Document.Stage.CORRECTION


EFFECTS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["", *Status]),
        "due_text": st.sampled_from(["", "neste møte", "junimøtet", "møtet i juni", "1. oktober 2026", "snarest"]),
    }
)


@settings(
    max_examples=int(os.environ.get("ROLLBACK_EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    before=st.lists(st.sampled_from(list(Status)), min_size=1, max_size=3),
    due=st.sampled_from(["", "neste møte", "junimøtet", "31.12.2026"]),
    said=st.lists(EFFECTS, min_size=1, max_size=3),
)
def test_whatever_a_meeting_said_corrected_away_leaves_the_register_as_if_never_said(
    board, june, cast, before, due, said
):
    """`said` is what is issued first, and then by correction after correction; the last correction says nothing."""
    with transaction.atomic():
        one = follow_up(held_meeting(board), actions=[f"Oppgave {number}" for number, _ in enumerate(before)])
        for action, state in zip(one.actions.all(), before, strict=True):
            sources.set_due(action, due, date(2026, 4, 20), board.meetings.all())
            action.save()
            Action.objects.filter(pk=action.pk).update(state=state)
        FollowUp.objects.filter(pk=one.pk).update(state=derive(before))
        report = Report.objects.create(meeting=june, follow_up=one, title=one.title)
        as_before = stands(one)

        minutes = start_minutes(june, cast.secretary)
        Minutes.objects.filter(pk=minutes.pk).update(state=Minutes.State.FINAL, correction_reason="Feil")
        for effect in [*said, {"status": "", "due_text": ""}]:
            save_report(Report.objects.get(pk=report.pk), effect, version=None, by=None, at=AT)
            rollback.carry_out(minutes, by=None, on=date(2026, 6, 20), at=LATER, reason="Feil")
            freeze_reports(minutes, at=AT, by=None, on=date(2026, 6, 8))
        assert stands(one) == as_before
        assert one.changes.filter(undoes__isnull=True, undone_by__isnull=True).count() == 0
        transaction.set_rollback(True)
