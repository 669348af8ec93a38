"""Seats, the register, near names, and merging by hand (R43, R44, R54, R55)."""

from datetime import date

import pytest
from django.utils import timezone

from boardroom.lib.workflow import TransitionRefused
from boards import people
from boards.models import Organisation, OrganisationAlias, Person, PersonAlias, Seat
from boards.names import near_names
from mail.models import Choice
from meetings import attendance
from meetings.models import DeputyCall, Presenter, Reply
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "one, other, near",
    [
        ("Johan Olav Kvamme", "Ole Johan Kvamme", True),
        ("Robert Kruger", "Robert Krüger", True),
        ("Kari Thomassen", "Kari Tomasen", True),
        ("Nina Ulvik", "Nina Linn Ulvik", True),
        ("K. Hansen", "Kari Hansen", True),
        ("Kari Hansen", "Ola Hansen", False),
        ("Kari Hansen", "Kari Olsen", False),
        ("Hansen", "Kari Hansen", False),
    ],
)
def test_names_that_may_be_one_person_are_suggested(one, other, near):
    first, second = factories.make_person(one), factories.make_person(other)
    assert near_names([first, second]) == ([(first, second)] if near else [])


def test_merging_moves_everything_and_keeps_what_was_printed(cast):
    kept, gone = Person.objects.get(name="Amira Haddad"), factories.make_person("Amira Hadad")
    meeting = factories.make_meeting(cast.board)
    row = attendance.add(meeting, by=cast.secretary, name="Amira Hadad", person=gone)
    seat = factories.make_seat(cast.board, gone, Seat.Role.OBSERVER)
    people.merge_persons(kept, gone, by=cast.secretary, board=cast.board)
    row.refresh_from_db()
    seat.refresh_from_db()
    assert (row.person, row.name, seat.person, seat.name) == (kept, "Amira Hadad", kept, "Amira Hadad")
    assert list(PersonAlias.objects.values_list("person", "name")) == [(kept.pk, "Amira Hadad")]
    assert not Person.objects.filter(name="Amira Hadad").exists()
    assert people.person_named("Amira Hadad", by=cast.secretary) == kept


def test_merging_moves_who_was_stood_in_for_and_keeps_one_choice_of_mail(cast):
    """One who was called for, presents a case and chose mail under both names (A23: no row is left that names nobody)."""
    kept, gone = cast.second_member.person, factories.make_person("Amira Hadad")
    meeting = factories.make_meeting(cast.board)
    called = DeputyCall.objects.create(
        meeting=meeting, person=cast.deputy.person, stands_in_for=gone, called_at=timezone.now()
    )
    shown = Presenter.objects.create(row=factories.make_row(meeting), person=gone, name="Amira Hadad")
    for person, how in ((kept, "at-once"), (gone, "not")):
        Choice.objects.create(person=person, board=cast.board, kind="review", how=how)
    Choice.objects.create(person=gone, board=cast.board, kind="approved", how="not")

    people.merge_persons(kept, gone, by=cast.secretary, board=cast.board)

    called.refresh_from_db()
    shown.refresh_from_db()
    assert (called.stands_in_for, shown.person) == (kept, kept)
    assert dict(kept.mail_choices.values_list("kind", "how")) == {"review": "at-once", "approved": "not"}


def test_two_who_answered_the_same_call_stay_two(cast):
    kept, gone = cast.second_member.person, factories.make_person("Amira Hadad")
    meeting = factories.make_meeting(cast.board)
    for person in (kept, gone):
        Reply.objects.create(meeting=meeting, person=person, answer="coming", answered_at=timezone.now())

    with pytest.raises(TransitionRefused, match="stay two persons"):
        people.merge_persons(kept, gone, by=cast.secretary, board=cast.board)
    assert gone.replies.count() == 1 and Person.objects.filter(pk=gone.pk).exists()


def test_a_person_of_another_board_is_neither_merged_nor_changed_nor_given_an_account(cast):
    mine, theirs = Person.objects.get(name="Amira Haddad"), factories.make_person("Amira Hadad", email="a@example.org")
    factories.make_seat(cast.other_board, theirs, Seat.Role.SECRETARY)
    with pytest.raises(TransitionRefused):
        people.merge_persons(mine, theirs, by=cast.secretary, board=cast.board)
    with pytest.raises(TransitionRefused):
        people.account_of(theirs, by=cast.secretary, board=cast.board)
    with pytest.raises(TransitionRefused):
        people.change_person(theirs, by=cast.secretary, board=cast.board, name="X", email="", phone="", aliases=[])
    theirs.refresh_from_db()
    assert (theirs.name, theirs.email, theirs.user) == ("Amira Hadad", "a@example.org", None)


def test_a_known_persons_mail_is_not_turned_by_another_board(cast):
    theirs = Person.objects.get(name="Outsider")
    seat = people.add_seat(cast.board, by=cast.secretary, name="Outsider", email="thief@example.org")
    people.change_seat(seat, by=cast.secretary, name="Outsider", organisation_name="", email="thief@example.org")
    theirs.refresh_from_db()
    assert (seat.person, theirs.email) == (theirs, "")


def test_an_account_is_made_once_and_has_no_password(cast):
    seat = people.add_seat(cast.board, by=cast.secretary, name="Lise Ravn", email="lise@example.org")
    user = people.account_of(seat.person, by=cast.secretary, board=cast.board)
    assert (user.display_name, user.is_unused) == ("Lise Ravn", True)
    assert people.account_of(Person.objects.get(pk=seat.person_id), by=cast.secretary, board=cast.board) == user


def test_a_seat_keeps_what_was_shown_then(cast):
    seat = Seat.objects.get(name="Amira Haddad")
    fresh = people.replace_holder(seat, date(2026, 5, 1), by=cast.secretary, name="")
    seat.refresh_from_db()
    assert (seat.name, seat.ends_on, fresh.name, fresh.person, fresh.replaces) == (
        "Amira Haddad",
        date(2026, 4, 30),
        "",
        None,
        "Amira Haddad",
    )
    with pytest.raises(TransitionRefused):
        people.end_seat(fresh, date(2026, 4, 1), by=cast.secretary)


def test_organisations_with_like_names_are_different_until_someone_says_so(cast):
    west, region = (people.organisation_named(name) for name in ("Havn Vest", "Havn Vest IKT"))
    assert west != region
    people.change_organisation(west, by=cast.secretary, board=cast.board, name="Havn Vest", aliases=["HV"])
    assert people.organisation_named("HV") == west
    with pytest.raises(TransitionRefused):
        people.change_organisation(region, by=cast.secretary, board=cast.board, name="Havn Vest IKT", aliases=["HV"])
    assert OrganisationAlias.objects.count() == 1
    assert Organisation.objects.filter(name__startswith="Havn").count() == 2
