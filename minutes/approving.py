"""The people approve final minutes themselves: who is asked, what each answers, and what still waits (R97, P38, A13).

What comes of the last answer, an approved version, is issued by publishing.approving.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import BigAutoField, F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.prepared import prepared
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Person, Seat
from boards.roles import roles_of
from mail import post
from meetings.models import Attendance
from meetings.reading import chairs_of
from meetings.roster import HERE
from minutes.approvers import elected
from minutes.models import ApprovalRequest, Minutes

How = Board.Approval
Answer = ApprovalRequest.Answer
ASKED_WAYS = (How.CIRCULATION, How.NAMED, How.CHAIR)
LEADERS = (Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR)
NOTE_MAX = 5_000


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be asked, and the role that prints beside the name."""

    person: Person
    role: str


def candidates(minutes: Minutes, way: str, on: date) -> list[Candidate]:
    """Who can be asked in this way.

    By circulation those with a vote that day; as named approvers also who was present with a vote; as the chair who led
    the meeting, else the board's chair and deputy chair.
    """
    seats = Seat.objects.active_on(on).filter(board=minutes.meeting.board_id, person__isnull=False)
    seated = [Candidate(seat.person, seat.role) for seat in seats.select_related("person").order_by("order", "pk")]
    if way == How.CHAIR:
        return _once([*_led(minutes, seated), *(one for one in seated if one.role in LEADERS)])
    voting = [one for one in seated if one.role in Seat.VOTING]
    return _once(voting if way == How.CIRCULATION else [*_here(minutes), *voting])


def proposed(minutes: Minutes, way: str, among: list[Candidate]) -> list[Person]:
    """Whom the product would ask: everybody, the chair of the meeting, or who was elected in it (approvers.elected)."""
    if way == How.NAMED:
        return elected(minutes, [one.person for one in among])
    return [one.person for one in (among if way == How.CIRCULATION else among[:1])]


def standing(minutes: Minutes) -> list[ApprovalRequest]:
    """The requests that count, with their persons, in the order they were asked."""
    return list(_standing(minutes=minutes.pk))


@prepared(minutes=BigAutoField())
def _standing(minutes):
    found = ApprovalRequest.objects.filter(minutes=minutes, withdrawn_at__isnull=True)
    return found.select_related("person__user").order_by("order", "pk")


def ask(
    minutes: Minutes, way: str, persons: Iterable[Candidate], *, version: int, sha256: str, deadline: date | None,
    by, at: datetime,
) -> list[ApprovalRequest]:  # fmt: skip
    """Each of the persons is asked to approve this version, and gets a letter.

    Raises TransitionRefused where the minutes are not final, the way or number of persons is wrong, the day to answer
    has passed, or somebody is asked already.
    """
    asked = list(persons)
    with transaction.atomic():
        hold(minutes)
        if reasons := list(_asking_obstacles(minutes, way, asked, deadline, at)):
            raise TransitionRefused(reasons)
        made = [
            ApprovalRequest.objects.create(
                minutes=minutes, person=one.person, role=one.role, way=way, order=order, deadline=deadline,
                version=version, version_sha256=sha256, asked_at=at,
            )
            for order, one in enumerate(asked)
        ]  # fmt: skip
        board = minutes.meeting.board
        for one in made:
            post.send("approval-asked", f"approval-asked:{one.pk}", at=at, person=one.person, board=board, about=one.pk)
        names = [one.person.name for one in asked]
        record(
            "minutes.ask_approval",
            minutes,
            by=by,
            board=board,
            how=way,
            names=names,
            deadline=deadline,
            version=version,
        )
    return made


def _asking_obstacles(minutes: Minutes, way: str, asked: list[Candidate], deadline: date | None, at: datetime):
    if way not in ASKED_WAYS:
        yield _("Nobody is asked when minutes are approved in this way.")
    if deadline and deadline < timezone.localdate(at):
        yield _("The day to answer by has passed already.")
    if way == How.CIRCULATION and not deadline:
        yield _("Say by which day to answer.")
    if not asked:
        yield _("Choose who is to approve.")
    elif way == How.NAMED and len(asked) < minutes.meeting.board.approvers:
        yield _("Choose %(number)s approvers or more.") % {"number": minutes.meeting.board.approvers}
    elif way == How.CHAIR and len(asked) != 1:
        yield _("Choose the one who approves as chair.")
    if standing(minutes):
        yield _("Approval has been asked for already. Withdraw that request first.")


def answer(
    minutes: Minutes, person: Person | None, said: str, *, shown: str, by, at: datetime, note: str = ""
) -> ApprovalRequest:
    """The person who was asked has answered for themselves; an answer is given once, and for the version shown.

    Raises TransitionRefused with the sentence to tell: not asked, answered already, another version, too late, approved.
    """
    with transaction.atomic():
        hold(minutes)
        request = next((one for one in standing(minutes) if one.person == person), None)
        if reason := why_not(request, minutes, shown, at) or _lacking(said, note):
            raise TransitionRefused([reason])
        request.answer, request.note, request.answered_at = said, note.strip(), at
        request.save(update_fields=["answer", "note", "answered_at"])
        board = minutes.meeting.board
        what = {"answer": said, "note": request.note, "version": request.version, "sha256": request.version_sha256}
        record("minutes.answer_approval", request, by=by, board=board, **what)
        if said == Answer.OBJECTS:
            tell_secretaries(minutes, "approval-objected", f"approval-objected:{request.pk}", request.pk, at)
    return request


def why_not(request: ApprovalRequest | None, minutes: Minutes, shown: str, at: datetime) -> str:
    """Why the person may not answer now, in a sentence; "" where they may."""
    if request is None:
        return _("You are not asked to approve these minutes.")
    if request.answered_at:
        return _("You have answered already.")
    if shown != request.version_sha256:
        return _("The minutes were issued in a new version since you opened the page. Read it first.")
    if request.deadline and timezone.localdate(at) > request.deadline:
        return _("The day to answer by has passed. Write to the secretariat.")
    return ""


def _lacking(said: str, note: str) -> str:
    if said not in Answer.values:
        return _("Choose whether you approve the minutes.")
    if said == Answer.OBJECTS and not note.strip():
        return _("Write what is wrong, so that the secretariat can put it right.")
    return ""


def hold(minutes: Minutes) -> None:
    """In this transaction nobody else answers for or issues these minutes; of two last answers the second sees the first.

    Raises TransitionRefused where they are not final now. The UPDATE holds the row, on SQLite and PostgreSQL alike.
    """
    final = Minutes.objects.filter(pk=minutes.pk, state=Minutes.State.FINAL, correction_reason="")
    if final.update(heading=F("heading")):
        return
    minutes.refresh_from_db(fields=["state", "correction_reason", "approved_on"])
    if minutes.correction_reason:
        raise TransitionRefused([_("The minutes are being corrected. You will be asked about the new version.")])
    if minutes.state == Minutes.State.APPROVED:
        raise TransitionRefused([_("The minutes are approved already.")])
    raise TransitionRefused([_("Only final minutes can be approved, and only once.")])


def withdraw(minutes: Minutes, *, by, at: datetime, why: str = "") -> int:
    """Nobody is asked any more, whatever they answered; how many were. The answers stay in the record."""
    with transaction.atomic():
        requests = ApprovalRequest.objects.filter(minutes=minutes, withdrawn_at__isnull=True)
        if number := requests.update(withdrawn_at=at):
            record("minutes.withdraw_approval", minutes, by=by, board=minutes.meeting.board, asked=number, reason=why)
    return number


def extend(minutes: Minutes, deadline: date, *, by, at: datetime) -> None:
    """Who has not answered has until this day. Raises TransitionRefused for a day that has passed, and without requests."""
    if deadline < timezone.localdate(at):
        raise TransitionRefused([_("The day to answer by has passed already.")])
    with transaction.atomic():
        hold(minutes)
        open_ones = ApprovalRequest.objects.filter(minutes=minutes, withdrawn_at__isnull=True, answer="")
        if not open_ones.update(deadline=deadline):
            raise TransitionRefused([_("Nobody is asked now.")])
        record("minutes.extend_approval", minutes, by=by, board=minutes.meeting.board, deadline=deadline)


def is_complete(requests: list[ApprovalRequest]) -> bool:
    """Whether everybody who was asked has approved."""
    return bool(requests) and all(one.answer == Answer.APPROVED for one in requests)


def may_conclude(requests: list[ApprovalRequest], today: date) -> bool:
    """Whether the secretary may conclude a circulation with what came in: its day is past, nobody objects, somebody approved."""
    answers = {one.answer for one in requests}
    is_over = any(one.deadline and one.deadline < today for one in requests)
    circulates = all(one.way == How.CIRCULATION for one in requests)
    return circulates and is_over and Answer.APPROVED in answers and Answer.OBJECTS not in answers


def waiting_for(user, on: date) -> list[ApprovalRequest]:
    """What the person is asked to approve and has not answered, the earliest day first, with meeting and board; one query."""
    if not user.is_authenticated:
        return []
    found = [one for one in _waiting(user=user.pk) if roles_of(user, one.minutes.meeting.board, on)]
    return sorted(
        (one for one in found if one.deadline is None or one.deadline >= on),
        key=lambda one: (one.deadline or date.max, one.pk),
    )


@prepared(user=BigAutoField())
def _waiting(user):
    asked = ApprovalRequest.objects.filter(
        person__user=user, answer="", withdrawn_at__isnull=True,
        minutes__state=Minutes.State.FINAL, minutes__correction_reason="",
    )  # fmt: skip
    return asked.select_related("minutes__meeting__board").order_by("pk")


def tell_secretaries(minutes: Minutes, kind: str, key: str, about: int, at: datetime) -> None:
    """A letter of the kind is on its way to each secretary of the board."""
    board = minutes.meeting.board
    seats = Seat.objects.active_on(timezone.localdate(at)).filter(board=board, role=Seat.Role.SECRETARY)
    for seat in seats.filter(person__isnull=False).select_related("person"):
        post.send(kind, f"{key}:{seat.person_id}", at=at, person=seat.person, board=board, about=about)


def tell_approved(minutes: Minutes, at: datetime) -> None:
    """A letter is on its way to everybody with a seat: the minutes are approved."""
    board = minutes.meeting.board
    seats = Seat.objects.active_on(timezone.localdate(at)).filter(board=board, person__isnull=False)
    told = seats.exclude(role__in=[Seat.Role.DEPUTY, Seat.Role.ARCHIVIST]).select_related("person")
    for person in {seat.person_id: seat.person for seat in told}.values():
        post.send("approved", f"approved:{minutes.pk}:{person.pk}", at=at, person=person, board=board, about=minutes.pk)


def _led(minutes: Minutes, seated: list[Candidate]) -> list[Candidate]:
    roles = {one.person.pk: one.role for one in seated}
    chairs = [one for one in chairs_of(minutes.meeting) if one.person_id]
    persons = Person.objects.in_bulk([one.person_id for one in chairs])
    return [Candidate(persons[one.person_id], roles.get(one.person_id, Seat.Role.CHAIR)) for one in chairs]


def _here(minutes: Minutes) -> list[Candidate]:
    here = minutes.meeting.attendance.filter(person__isnull=False, status__in=HERE, role__in=Attendance.VOTING)
    return [Candidate(one.person, one.role) for one in here.select_related("person").order_by("order", "pk")]


def _once(found: list[Candidate]) -> list[Candidate]:
    first: dict[int, Candidate] = {}
    for one in found:
        first.setdefault(one.person.pk, one)
    return list(first.values())
