"""The boards of the demonstration with their people, seats, templates and waiting cases."""

import secrets
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from boardroom.demo.story import Clock
from boards.models import Board, CaseType, Contact, Layout, Organisation, Person, Seat, StandingItem
from cases.models import Case
from mail.models import Letter
from signin import invitations

# username -> (name, language, what the role shows, role as printed by --json)
ROLES = {
    "sekretar": ("Ingunn Hovdahl", "nb", "Sekretær i Produktrådet og Havnestyret", "secretary"),
    "leder": ("Gunnhild Sæterbakk", "nb", "Leder i Produktrådet", "chair"),
    "medlem": ("Leila Mansouri", "nb", "Medlem i Produktrådet", "member"),
    "medlem2": ("Eirik Tangvald", "nb", "Nestleder i Produktrådet, medlem i Havnestyret", "member"),
    "observator": ("Kirsten Løvaas", "nb", "Observatør i Produktrådet", "observer"),
    "sekretar-nn": ("Åshild Bjørgum", "nn", "Sekretær i Kulturutvalet (nynorsk)", "secretary"),
    "administrator": (
        "Vegard Nystuen",
        "nb",
        "Administrator: oppretter utvalg, leser ikke lukkede saker",
        "administrator",
    ),
}


def make_users(with_passwords: bool) -> dict[str, str]:
    """The demo roles have accounts; username -> password, which is nothing anybody can type unless it was asked for."""
    passwords = {}
    for username, (name, language, shows, role) in ROLES.items():
        first, _blank, last = name.rpartition(" ")
        password = secrets.token_urlsafe(18) if with_passwords else None
        user = User(
            username=username,
            first_name=first,
            last_name=last,
            email=address(name),
            language=language,
            is_demo=True,
            demo_role=shows,
            is_superuser=role == "administrator",
            last_login=timezone.now(),
        )
        user.set_password(password)
        user.save()
        passwords[username] = password or ""
    return passwords


def address(name: str) -> str:
    """An address that reaches nobody."""
    plain = name.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a", "á": "a"})).replace(" ", ".")
    return f"{plain}@friluft.example"


def make_board(story: dict, clock: Clock) -> Board:
    """The board stands with its layout, words, people, template and the cases that wait."""
    given = dict(story["board"])
    for name in ("default_start", "default_end"):
        given[name] = time.fromisoformat(given[name])
    board = Board.objects.create(**given)
    Layout.objects.create(board=board, settings=story["layout"])
    for order, (name, purpose) in enumerate(story["case_types"]):
        CaseType.objects.create(board=board, order=order, name=name, purpose=purpose)
    for order, (name, role, email) in enumerate(story["contacts"]):
        Contact.objects.create(board=board, order=order, name=name, role=role, email=email)
    for order, row in enumerate(story["standing"]):
        names = ("title", "purpose", "type", "minutes", "presenter", "is_last")
        StandingItem.objects.create(board=board, order=order, **dict(zip(names, row, strict=True)))
    for order, row in enumerate(story["seats"]):
        make_seat(board, order, row, clock)
    for case in story["queue"]:
        make_waiting(board, case)
    return board


def make_seat(board: Board, order: int, row: list, clock: Clock) -> None:
    name, organisation, role, title, more = row
    owner = Organisation.objects.get_or_create(name=organisation)[0]
    person = make_person(name, owner, more.get("user"))
    Seat.objects.create(
        board=board,
        order=order,
        person=person,
        name=name,
        organisation=owner,
        organisation_name=organisation,
        role=role,
        title=title,
        deputy_rank=more.get("rank"),
        starts_on=clock.week(more["from"]) if "from" in more else None,
        ends_on=clock.week(more["until"]) if "until" in more else None,
    )


def make_person(name: str, organisation: Organisation, username: str | None) -> Person:
    """One person of each name: who sits on two boards is the same."""
    person, _made = Person.objects.get_or_create(
        name=name, defaults={"organisation": organisation, "email": address(name)}
    )
    if username:
        Person.objects.filter(pk=person.pk).update(user=User.objects.get(username=username))
    return person


def make_waiting(board: Board, case: dict) -> None:
    Case.objects.create(
        board=board,
        title=case["title"],
        type=case.get("type", ""),
        description=case.get("description", ""),
        submitted_by=case.get("by", ""),
        access_level=case.get("access", ""),
        access_basis=case.get("basis", ""),
        public_title=case.get("public_title", ""),
        is_waiting=True,
        created_at=timezone.now(),
    )


def invite(board: Board, rows: list, *, by: User, now: datetime) -> None:
    """Some were asked to sign in so many hours ago; what the row says became of the letter."""
    for name, hours, state, problem in rows:
        at = now - timedelta(hours=hours)
        made = invitations.invite(Person.objects.get(name=name), by=by, board=board, now=at)
        Letter.objects.filter(pk=made.letter_id).update(state=state, problem=problem, sent_at=at)
