"""Coming or not: who was asked, what each has answered, and what the meeting looks like from that (P40)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boardroom.lib.workflow import TransitionRefused
from boards.models import Person, Seat
from mail import post
from meetings import deputies, foreseen, reading
from meetings.beginning import hold
from meetings.models import DeputyCall, Meeting, Reply

# The secretary sends the call, an archivist reads; the others with a seat are asked, deputies when they are called.
ASKED = (Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR, Seat.Role.MEMBER, Seat.Role.OBSERVER)
Answer = Reply.Answer


@dataclass
class Asked:
    """One who was asked, the answer, and for whom a deputy comes; `deputy` is who was called in this one's place."""

    person: Person
    seat: Seat
    reply: Reply | None = None
    call: DeputyCall | None = None
    deputy: DeputyCall | None = None

    @property
    def name(self) -> str:
        return self.seat.name or self.person.name

    @property
    def votes(self) -> bool:
        return self.seat.role in Seat.VOTING or self.call is not None

    @property
    def state(self) -> str:
        return self.reply.answer if self.reply else ""


@dataclass
class Proposal:
    """A member who does not come, and the deputies who may be called, the next one first."""

    absent: Seat
    deputies: list[Seat]


@dataclass(frozen=True)
class Forecast:
    """How many with a vote come, of how many seats, and how many it takes; `silent` have not answered."""

    coming: int
    silent: int
    seats: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.coming >= self.needed

    @property
    def is_out_of_reach(self) -> bool:
        return self.coming + self.silent < self.needed


@dataclass
class Answers:
    """Everything the secretary is told of who comes."""

    asked: list[Asked]
    proposals: list[Proposal]
    surplus: list[DeputyCall]
    forecast: Forecast

    def of(self, answer: str) -> list[Asked]:
        return [one for one in self.asked if one.state == answer]

    @property
    def coming(self) -> list[Asked]:
        return self.of(Answer.COMING)

    @property
    def not_coming(self) -> list[Asked]:
        return self.of(Answer.NOT_COMING)

    @property
    def silent(self) -> list[Asked]:
        return self.of("")


def answers_of(meeting: Meeting) -> Answers:
    """Who was asked, who comes, which deputies may be called and which are not needed any more; three queries."""
    seats = reading.seats_of(meeting)
    replies = list(meeting.replies.select_related("given_by"))
    calls = list(meeting.deputy_calls.select_related("person", "stands_in_for"))
    for call in calls:
        call.meeting = meeting
    asked = asked_among(seats, replies, calls)
    lacking = deputies.lacking(meeting, seats, replies, calls)
    proposals = [Proposal(seat, lacking[seat.pk]) for seat in seats if seat.pk in lacking]
    coming = {reply.person_id for reply in replies if reply.is_coming}
    surplus = [call for call in calls if not call.ending and call.stands_in_for_id in coming]
    return Answers(asked, proposals, surplus, forecast(meeting, asked, seats))


def asked_among(seats: Iterable[Seat], replies: Iterable[Reply], calls: Iterable[DeputyCall]) -> list[Asked]:
    """Each person once: those with a seat in its order, then the deputies who were called and have not been released."""
    said = {reply.person_id: reply for reply in replies}
    calls = [call for call in calls if call.ending != DeputyCall.Ending.RELEASED]
    standing_in = {call.stands_in_for_id: call for call in calls if not call.ending}
    called = {call.person_id: call for call in sorted(calls, key=lambda call: call.pk)}
    rank = {role: place for place, role in enumerate(ASKED)}
    listed = sorted((seat for seat in seats if seat.role in rank and seat.person), key=lambda seat: rank[seat.role])
    found: dict[int, Asked] = {}
    for seat in listed:
        found.setdefault(
            seat.person_id,
            Asked(seat.person, seat, said.get(seat.person_id), deputy=standing_in.get(seat.person_id)),
        )
    for seat in seats:
        if seat.role == Seat.Role.DEPUTY and seat.person_id in called:
            mine = Asked(seat.person, seat, said.get(seat.person_id), call=called[seat.person_id])
            found.setdefault(seat.person_id, mine)
    return list(found.values())


def forecast(meeting: Meeting, asked: list[Asked], seats: list[Seat]) -> Forecast:
    """As `roster.Quorum` will count it, from the answers: more than the board's share of its voting seats (P5)."""
    number = sum(1 for seat in seats if seat.role in Seat.VOTING)
    needed = number * meeting.board.quorum_percent // 100 + 1 if number else 0
    voting = [one for one in asked if one.votes and (one.call is None or not one.call.ending)]
    # A member who comes after all has the seat back, whether or not the deputy was told.
    back = {one.person.pk for one in voting if one.state == Answer.COMING and one.call is None}
    voting = [one for one in voting if one.call is None or one.call.stands_in_for_id not in back]
    coming = sum(1 for one in voting if one.state == Answer.COMING)
    return Forecast(coming, sum(1 for one in voting if not one.state), number, needed)


def of_person(meeting: Meeting, person: Person | None) -> Asked | None:
    """What the meeting has of the person; None for one who was not asked."""
    if person is None:
        return None
    seats = [seat for seat in reading.seats_of(meeting) if seat.person_id == person.pk]
    replies, calls = meeting.replies.filter(person=person), meeting.deputy_calls.filter(person=person)
    return next(iter(asked_among(seats, replies, calls.select_related("stands_in_for"))), None)


@transaction.atomic
def answer(
    meeting: Meeting, person: Person, said: str, *, at: datetime, by, note: str = "", on_behalf: bool = False
) -> Reply:
    """The person comes, or does not; deputies and the attendance list follow. The same answer again changes nothing.

    Raises TransitionRefused for one who was not asked, and from the moment the meeting begins.
    """
    hold(meeting, at)
    asked = of_person(meeting, person)
    if asked is None:
        raise TransitionRefused([_("%(name)s is not called to this meeting.") % {"name": person.name}])
    before = asked.state
    if asked.reply and (before, asked.reply.note) == (said, note):
        return asked.reply
    values = {"answer": said, "note": note, "answered_at": at, "given_by": by, "is_on_behalf": on_behalf}
    reply, _is_new = Reply.objects.update_or_create(meeting=meeting, person=person, defaults=values)
    reply.meeting, reply.person = meeting, person
    told = {"person": asked.name, "answer": said, "has_note": bool(note), "on_behalf": on_behalf}
    trail.record("meetings.answer_call", reply, by=by, board=meeting.board, at=at, **told)
    if said != before:
        foreseen.follow(meeting, person, before, said, by=by)
        deputies.follow(meeting, reply, at=at, by=by)
    return reply


@transaction.atomic
def remind(meeting: Meeting, *, at: datetime, by) -> int:
    """Whoever has not answered gets a reminder, one a day at most; how many. Raises TransitionRefused as `answer`."""
    hold(meeting, at)
    silent, day = answers_of(meeting).silent, timezone.localdate(at)
    for one in silent:
        key = f"answer-reminder:{meeting.pk}:{one.person.pk}:{day}"
        post.send("answer-reminder", key, at=at, person=one.person, board=meeting.board, about=meeting.pk)
    trail.record("meetings.remind_of_answer", meeting, by=by, board=meeting.board, at=at, to=len(silent))
    return len(silent)
