"""Who was called, whether each letter arrived, what each has answered, and who was not called (P39, F25)."""

from dataclasses import dataclass, field
from datetime import date

from boards.models import Person, Seat
from mail import overview
from mail.models import Letter
from meetings import notices
from meetings.models import CallRecipient, Meeting, Reply
from meetings.recipients import recipients_of


@dataclass
class Called:
    """One who was called: the newest letter about the meeting, and the answer. `is_gone`: no longer among those called."""

    person: Person
    letter: Letter | None
    reply: Reply | None
    is_gone: bool

    @property
    def mail(self) -> overview.Delivery | None:
        """The letter in words; none where the call is printed, for there is no address."""
        return overview.Delivery(self.letter) if self.letter and self.person.email else None

    @property
    def is_on_paper(self) -> bool:
        return not self.person.email and not self.is_gone

    @property
    def is_undelivered(self) -> bool:
        return bool(self.mail) and self.mail.did_not_arrive and not self.is_gone


@dataclass
class Deliveries:
    """Everything the page of the call shows of its recipients."""

    called: list[Called]
    missing: list[Person] = field(default_factory=list)

    @property
    def undelivered(self) -> list[Called]:
        return [one for one in self.called if one.is_undelivered]

    @property
    def on_paper(self) -> list[Called]:
        return [one for one in self.called if one.is_on_paper]


def deliveries(meeting: Meeting, on: date) -> Deliveries:
    """The recipients in order of name, and who sits now and was not called; seven queries, however many they are."""
    recipients = CallRecipient.objects.filter(call__meeting=meeting).select_related("person", "letter__board")
    newest = {one.person_id: one for one in recipients.order_by("call__number", "pk")}
    told = _letters(meeting)
    replies = {reply.person_id: reply for reply in meeting.replies.all()}
    expected = {person.pk: person for person in recipients_of(meeting, on)}
    called = [
        Called(one.person, _later(one.letter, told.get(key)), replies.get(key), key not in expected)
        for key, one in newest.items()
    ]
    called.sort(key=lambda one: (one.is_gone, one.person.name))
    missing = [person for key, person in expected.items() if key not in newest]
    return Deliveries(called, sorted(missing, key=lambda person: person.name))


def may_be_called(meeting: Meeting, on: date) -> list[Person]:
    """Who may be called beside those who were: anybody with a seat on the board that day, deputies by their own way (P40)."""
    seats = Seat.objects.active_on(on).filter(board=meeting.board_id, person__isnull=False)
    seated = Person.objects.filter(seats__in=seats.exclude(role=Seat.Role.DEPUTY)).exclude(calls__call__meeting=meeting)
    found = {person.pk: person for person in seated}
    known = set(CallRecipient.objects.filter(call__meeting=meeting).values_list("person", flat=True))
    found |= {person.pk: person for person in recipients_of(meeting, on) if person.pk not in known}
    return sorted(found.values(), key=lambda person: person.name)


def _letters(meeting: Meeting) -> dict[int, Letter]:
    """By person, the last letter that told of a change."""
    about = list(meeting.notices.values_list("pk", flat=True))
    letters = Letter.objects.filter(kind__in=[notices.MOVED, notices.CANCELLED], about__in=about)
    return {letter.person_id: letter for letter in letters.order_by("made_at", "pk")}


def _later(one: Letter | None, other: Letter | None) -> Letter | None:
    return max(
        (letter for letter in (one, other) if letter), key=lambda letter: (letter.made_at, letter.pk), default=None
    )
