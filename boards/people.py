"""Persons, organisations and seats: who sits where, and since when (R43-R45, R54, R55)."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Q
from django.utils.translation import gettext

from accounts.models import User
from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Organisation, OrganisationAlias, Person, PersonAlias, Seat
from boards.rules import may_edit_person


def person_named(name: str, *, by, organisation: Organisation | None = None, email: str = "") -> Person:
    """The person of exactly this name or alias, else a new one (never a near name).

    A known person gets the e-mail if they had none and `by` may edit them.
    """
    person = Person.objects.filter(name=name).first()
    alias = None if person else PersonAlias.objects.filter(name=name).select_related("person").first()
    person = person or (alias.person if alias else None)
    if person is None:
        return Person.objects.create(name=name, organisation=organisation, email=email)
    if email and not person.email and may_edit_person(by, person):
        correct_email(person, email)
    return person


def organisation_named(name: str) -> Organisation | None:
    """The organisation of exactly this name or alias, else a new one; None for no name (R55)."""
    if not name:
        return None
    alias = OrganisationAlias.objects.filter(name=name).select_related("organisation").first()
    return alias.organisation if alias else Organisation.objects.get_or_create(name=name)[0]


@transaction.atomic
def add_seat(board: Board, *, by, name: str = "", organisation_name: str = "", email: str = "", **fields) -> Seat:
    """A seat with what is shown now; without a name it is vacant."""
    organisation = organisation_named(organisation_name)
    person = person_named(name, by=by, organisation=organisation, email=email) if name else None
    order = fields.pop("order", None)
    seat = Seat.objects.create(
        board=board,
        person=person,
        name=name,
        organisation=organisation,
        organisation_name=organisation_name,
        order=board.seats.count() if order is None else order,
        **fields,
    )
    trail.record("boards.add_seat", seat, by=by, board=board, name=name, organisation=organisation_name, role=seat.role)
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, by, name: str, organisation_name: str, email: str = "", **fields) -> Seat:
    """The seat shows this from now on; documents that were issued, and attendance taken, keep what they show (R43)."""
    organisation = organisation_named(organisation_name)
    if name != seat.name or seat.person is None:
        seat.person = person_named(name, by=by, organisation=organisation, email=email) if name else None
    elif email and may_edit_person(by, seat.person):
        correct_email(seat.person, email)
    seat.name, seat.organisation, seat.organisation_name = name, organisation, organisation_name
    for field, value in fields.items():
        setattr(seat, field, value)
    seat.save()
    trail.record("boards.change_seat", seat, by=by, board=seat.board, name=name, role=seat.role)
    return seat


def double_seat(seat: Seat) -> str:
    """A sentence where the same person holds another seat in the same role at the same time; it stops nothing."""
    if seat.person_id is None:
        return ""
    others = Seat.objects.filter(board=seat.board, person=seat.person, role=seat.role).exclude(pk=seat.pk)
    if seat.starts_on:
        others = others.filter(Q(ends_on=None) | Q(ends_on__gte=seat.starts_on))
    if seat.ends_on:
        others = others.filter(Q(starts_on=None) | Q(starts_on__lte=seat.ends_on))
    if seat.has_ended or not others.exclude(has_ended=True, ends_on=None).exists():
        return ""
    words = {"name": seat.name, "role": seat.get_role_display().lower()}
    return gettext("%(name)s has two seats as %(role)s at the same time. Is one of them to be ended?") % words


@transaction.atomic
def end_seat(seat: Seat, last_day: date, *, by) -> None:
    """The person sits until and with the day. Raises TransitionRefused for a day before the seat began."""
    if seat.starts_on and last_day < seat.starts_on:
        raise TransitionRefused([gettext("The seat cannot end before it began.")])
    Seat.objects.filter(pk=seat.pk).update(ends_on=last_day, has_ended=True if seat.has_ended else None)
    seat.refresh_from_db()
    trail.record("boards.end_seat", seat, by=by, board=seat.board, name=seat.name, last_day=last_day)


@transaction.atomic
def replace_holder(
    seat: Seat, day: date, *, by, name: str, organisation_name: str = "", email: str = "", title: str = ""
) -> Seat:
    """From the day a new seat stands in the old one's place, same role and organisation; no name leaves it vacant (R44)."""
    end_seat(seat, day - timedelta(days=1), by=by)
    kept = {"role": seat.role, "constituency": seat.constituency, "order": seat.order, "deputy_rank": seat.deputy_rank}
    return add_seat(
        seat.board, by=by, name=name, organisation_name=organisation_name or seat.organisation_name, email=email,
        title=title, starts_on=day, replaces=seat.name, **kept,
    )  # fmt: skip


def refuse_others(person: Person, *, by) -> None:
    """Return, or raise TransitionRefused where the person sits on a board whose people `by` may not edit."""
    if not may_edit_person(by, person):
        raise TransitionRefused([gettext("This person sits on another board, whose secretary keeps the entry.")])


@transaction.atomic
def account_of(person: Person, *, by, board: Board) -> User:
    """The person's account; a new one has no password, so the way in to it is a link to its e-mail address.

    Raises TransitionRefused without an e-mail, where the account is closed, or where the address is another account's.
    """
    refuse_others(person, by=by)
    if not person.email:
        raise TransitionRefused([gettext("Write the person's e-mail address first.")])
    if is_taken(person.email, other_than=person.user_id):
        raise TransitionRefused([gettext("Someone else signs in with this e-mail address.")])
    if person.user and not person.user.is_active:
        raise TransitionRefused([gettext("This account is closed.")])
    if person.user:
        return person.user
    first, _blank, last = person.name.rpartition(" ")
    user = User.objects.create_user(
        person.email, person.email, None, first_name=(first or last)[:150], last_name=last[:150] if first else "",
        language=board.language,
    )  # fmt: skip
    Person.objects.filter(pk=person.pk).update(user=user)
    person.user = user
    trail.record("boards.give_account", person, by=by, board=board, username=user.username)
    return user


def is_taken(email: str, *, other_than: int | None) -> bool:
    """Whether another account than that one is known by the address."""
    return User.objects.filter(Q(username__iexact=email) | Q(email__iexact=email)).exclude(pk=other_than).exists()


def correct_email(person: Person, email: str) -> None:
    """Mail goes there from now on; an account that was never used is known by the new address, and no more by the old."""
    Person.objects.filter(pk=person.pk).update(email=email)
    user = person.user
    if user is None or not user.is_unused or email == user.email:
        return
    is_free = bool(email) and not is_taken(email, other_than=user.pk)
    name = email if is_free else f"person-{person.pk}"
    User.objects.filter(pk=user.pk).update(email=email if is_free else "", username=name)


@transaction.atomic
def change_person(person: Person, *, by, board: Board, name: str, email: str, phone: str, aliases: list[str]) -> None:
    """Name, e-mail, telephone and other spellings in the register; nothing that was printed changes (R54)."""
    refuse_others(person, by=by)
    correct_email(person, email)
    Person.objects.filter(pk=person.pk).update(name=name, phone=phone)
    person.aliases.exclude(name__in=aliases).delete()
    for alias in aliases:
        PersonAlias.objects.get_or_create(person=person, name=alias)
    trail.record("boards.change_person", person, by=by, board=board, name=name)


@transaction.atomic
def change_organisation(organisation: Organisation, *, by, board: Board, name: str, aliases: list[str]) -> None:
    """Name and aliases. Raises TransitionRefused where another organisation has one of them (R55)."""
    names = [name, *aliases]
    others = Organisation.objects.filter(name__in=names).exclude(pk=organisation.pk)
    known = OrganisationAlias.objects.filter(name__in=names).exclude(organisation=organisation)
    if taken := [*others.values_list("name", flat=True), *known.values_list("name", flat=True)]:
        raise TransitionRefused(
            [gettext("«%(name)s» is another organisation's name.") % {"name": one} for one in taken]
        )
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    organisation.aliases.exclude(name__in=aliases).delete()
    for alias in aliases:
        OrganisationAlias.objects.get_or_create(organisation=organisation, name=alias)
    trail.record("boards.change_organisation", organisation, by=by, board=board, name=name, aliases=aliases)


@transaction.atomic
def merge_persons(kept: Person, gone: Person, *, by, board: Board) -> None:
    """Everything of `gone` is `kept`'s, whose other spelling the name becomes. Names as printed stay (R54).

    Raises TransitionRefused where both can sign in, or both stand in a list that names a person once.
    """
    refuse_others(kept, by=by)
    refuse_others(gone, by=by)
    if kept.pk == gone.pk:
        raise TransitionRefused([gettext("A person cannot be merged with themselves.")])
    if kept.user_id and gone.user_id:
        raise TransitionRefused([gettext("Both can sign in, so they stay two persons.")])
    user, email = kept.user or gone.user, kept.email or gone.email
    Person.objects.filter(pk=gone.pk).update(user=None)
    for name in {gone.name, *gone.aliases.values_list("name", flat=True)} - {kept.name}:
        PersonAlias.objects.get_or_create(person=kept, name=name)
    gone.aliases.all().delete()
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not _handed_over(relation, gone, kept):
            raise TransitionRefused([gettext("Both were sent the same call, so they stay two persons.")])
    Person.objects.filter(pk=kept.pk).update(user=user, email=email, phone=kept.phone or gone.phone)
    trail.record("boards.merge_persons", kept, by=by, board=board, kept=kept.name, gone=gone.name)
    gone.delete()


def _handed_over(relation, gone: Person, kept: Person) -> bool:
    """Whether every row that names `gone` in this relation names `kept` now.

    What would go with its person anyway, such as a choice of mail, may be there twice: that of `kept` stands.
    """
    field = relation.field.name
    rows = relation.related_model._base_manager.filter(**{field: gone})
    goes_along = relation.on_delete is CASCADE
    for part in [rows.filter(pk=one.pk) for one in rows] if goes_along else [rows]:
        try:
            with transaction.atomic():
                part.update(**{field: kept})
        except IntegrityError:
            if not goes_along:
                return False
    return True
