"""Those responsible report between meetings, and the board confirms or declines (issue 5, 4)."""

from datetime import date, timedelta

import pytest

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from followups.dues import move_due
from followups.models import OwnerReport, Status
from followups.owners import reporting
from followups.status import change_status
from mail.models import Letter
from tests import factories
from tests.followups.build import AT, TODAY, coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db
Kind, Fate = OwnerReport.Kind, OwnerReport.Fate
LATER = AT + timedelta(days=2)


@pytest.fixture
def owner(board):
    """Somebody with an e-mail address and no account."""
    return factories.make_person("Kari Nordvik", email="kari@example.org")


@pytest.fixture
def promised(board, owner):
    made = follow_up(held_meeting(board), "Skilt ved badeplassen", actions=("Sette opp skilt.", "Melde fra til rådet."))
    made.actions.all()[0].owners.create(person=owner)
    return made


def states(follow_up) -> list[str]:
    follow_up.refresh_from_db()
    return [follow_up.state, *follow_up.actions.values_list("state", flat=True)]


def said(promised, kind=Kind.DONE, text="Skiltet er satt opp.", **more):
    return reporting.report(promised, kind, text, **{"at": AT, **more})


def test_a_report_moves_only_what_the_person_answers_for_and_stands_in_the_history_with_the_name(promised, owner):
    said(promised, Kind.PROGRESS, "Skiltet er bestilt.", person=owner)
    made = said(promised, person=owner, at=LATER)

    assert states(promised) == [Status.IN_PROGRESS, Status.REPORTED_DONE, Status.OPEN]
    assert made.fate == Fate.WAITING
    assert promised.changes.filter(action=promised.actions.all()[0]).last().text == "Kari Nordvik: Skiltet er satt opp."
    assert Entry.objects.filter(act="followups.owner_report").count() == 2


def test_the_same_said_twice_is_one_report_and_said_again_later_it_is_another(promised, owner):
    first = said(promised, Kind.PROGRESS, "Det går framover.", person=owner)
    assert said(promised, Kind.PROGRESS, "Det går framover.", person=owner, at=AT + timedelta(seconds=2)) == first
    assert said(promised, Kind.PROGRESS, "Det går framover.", person=owner, at=LATER) != first


def test_a_newer_report_overtakes_the_one_that_waits_and_the_board_cannot_answer_the_old_one(promised, owner, cast):
    old = said(promised, person=owner)
    said(promised, Kind.WAITING, "Vi manglet en bolt likevel.", person=owner, at=LATER)

    old.refresh_from_db()
    assert old.fate == Fate.OVERTAKEN
    assert states(promised)[1] == Status.WAITING
    with pytest.raises(TransitionRefused, match="a newer report has come"):
        reporting.confirm(old, by=cast.secretary, at=LATER)
    assert states(promised)[1] == Status.WAITING


def test_confirmed_it_is_closed_and_who_reported_is_told_once(promised, owner, cast):
    made = said(promised, person=owner, action=promised.actions.all()[0])
    reporting.confirm(made, by=cast.secretary, at=LATER, text="Sett på stedet.")
    with pytest.raises(TransitionRefused, match="decided a moment ago"):
        reporting.decline(made, "Nei.", by=cast.secretary, at=LATER)

    assert states(promised) == [Status.OPEN, Status.DONE, Status.OPEN]
    letter = Letter.objects.get(kind="owner-report")
    assert (letter.person, letter.about) == (owner, made.pk)


def test_declined_it_goes_on_with_the_answer(promised, owner, cast):
    made = said(promised, person=owner)
    with pytest.raises(TransitionRefused, match="Write an answer"):
        reporting.decline(made, " ", by=cast.secretary, at=LATER)
    reporting.decline(made, "Skiltet mangler tekst.", by=cast.secretary, at=LATER)

    made.refresh_from_db()
    assert (made.fate, made.fate_text) == (Fate.DECLINED, "Skiltet mangler tekst.")
    assert states(promised)[1] == Status.IN_PROGRESS
    assert promised.changes.last().text == "Skiltet mangler tekst."


def test_a_new_date_holds_when_it_is_confirmed_and_not_before(promised, owner, cast):
    action = promised.actions.all()[0]
    move_due(action, "1. mai 2026", on=TODAY, at=AT, by=None)
    made = said(promised, Kind.NEW_DATE, "Leverandøren er sein.", due_text="september", person=owner, action=action)
    action.refresh_from_db()
    assert (action.due_on, action.times_moved, states(promised)[1]) == (date(2026, 5, 1), 0, Status.OPEN)

    reporting.confirm(made, by=cast.secretary, at=LATER)
    action.refresh_from_db()
    assert (action.due_text, action.due_month, action.times_moved) == ("september", date(2026, 9, 1), 1)
    assert action.due_changes.last().text == "Kari Nordvik: Leverandøren er sein."


def test_withdrawn_it_leaves_everything_as_before_and_corrected_it_is_another(promised, owner):
    said(promised, Kind.PROGRESS, "Skiltet er bestilt.", person=owner)
    made = said(promised, person=owner, at=LATER)
    better = said(promised, text="Begge skiltene er satt opp.", person=owner, at=LATER, instead_of=made)
    made.refresh_from_db()
    assert (made.fate, better.fate, states(promised)[1]) == (Fate.OVERTAKEN, Fate.WAITING, Status.REPORTED_DONE)

    reporting.withdraw(better, by=None, at=LATER)
    assert states(promised)[1] == Status.IN_PROGRESS
    with pytest.raises(TransitionRefused):
        reporting.withdraw(better, by=None, at=LATER)


def test_decided_it_can_be_neither_corrected_nor_withdrawn(promised, owner, cast):
    made = said(promised, person=owner)
    reporting.confirm(made, by=cast.secretary, at=LATER)
    for act in (lambda: reporting.withdraw(made, by=None, at=LATER), lambda: said(promised, instead_of=made, at=LATER)):
        with pytest.raises(TransitionRefused):
            act()
    assert states(promised)[1] == Status.DONE
    assert OwnerReport.objects.count() == 1


def test_who_has_no_part_in_it_and_who_comes_after_it_was_closed_are_refused(promised, owner, cast):
    with pytest.raises(TransitionRefused, match="no open action here"):
        said(promised, person=cast.member.person)
    change_status(promised, Status.DROPPED, text="Uaktuelt.", by=cast.secretary, on=TODAY, at=AT)
    with pytest.raises(TransitionRefused, match="This is closed"):
        said(promised, person=owner)
    assert not OwnerReport.objects.exists()


def test_an_organisation_answers_through_those_who_sit_for_it_now(promised, cast):
    seat = cast.member.person.seats.get()
    promised.actions.all()[1].owners.create(organisation=seat.organisation)
    made = said(promised, Kind.PROGRESS, "Vi skriver et notat.", person=cast.member.person, user=cast.member)
    assert states(promised)[1:] == [Status.OPEN, Status.IN_PROGRESS]
    assert promised.changes.last().text == "Vi skriver et notat."

    type(seat).objects.filter(pk=seat.pk).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(TransitionRefused):
        said(promised, person=cast.member.person, at=LATER)
    made.refresh_from_db()
    assert made.fate == Fate.NOTED


def test_what_waits_is_decided_by_what_a_meeting_does(board, promised, owner, cast):
    meeting = coming_meeting(board)
    action = promised.actions.all()[0]
    made = said(promised, person=owner, action=action)
    change_status(
        action, Status.DONE, text="Rådet var på befaring.", by=cast.secretary, on=TODAY, at=LATER, meeting=meeting
    )
    made.refresh_from_db()
    assert (made.fate, made.meeting, made.fate_text) == (Fate.CONFIRMED, meeting, "Rådet var på befaring.")


def test_a_date_the_board_gives_answers_who_asked_for_another(promised, owner, cast):
    action = promised.actions.all()[0]
    made = said(promised, Kind.NEW_DATE, "Vi må vente.", due_text="oktober", person=owner, action=action)
    move_due(action, "august", on=TODAY, at=LATER, by=cast.secretary, reason="Før ferien.")
    made.refresh_from_db()
    assert (made.fate, made.fate_text) == (Fate.CONFIRMED, "august. Før ferien.")
