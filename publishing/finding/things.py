"""Boards, meetings, cases, follow-ups and persons by their words. What is matched is what the reader is shown: a shielded
title is found by nobody who may not read it (P10, P12)."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from boardroom.lib import dates
from boardroom.lib.conditions import all_of, any_of, containing
from boardroom.lib.matching import begins
from boards.models import AccessFields, Board, Seat
from boards.roles import may
from cases import rules
from cases.models import Case
from cases.views import shown_to
from followups.rules import readable
from meetings.models import Meeting
from publishing.finding.asking import Asked
from publishing.finding.hits import Hit, best, hit, told

LOOKED_AT = 60
BOARD = ("board__name", "board__short_name")
SHIELDED = (AccessFields.Level.INTERNAL, AccessFields.Level.EXEMPT)
MEETING_WORDS = frozenset({"møte", "møtet", "møter", "møta", "meeting", "meetings", "moete"})
_MONTHS = {name.lower(): number for names in dates.MONTHS.values() for number, name in enumerate(names, start=1)}


def boards(found: list[Board], asked: Asked) -> list[Hit]:
    fitting = [board for board in found if begins(asked.folded, f"{board.name} {board.short_name}")]
    return best((hit(board.name, asked, url=board.get_absolute_url(), facts=board.owner) for board in fitting), asked)


def meetings(user, boards: list[Board], asked: Asked, today: date) -> list[Hit]:
    """By number, date, month, year, name or board; the nearest in time first."""
    readable = [board.pk for board in boards if may(user, "meetings.read", board)]
    fitting = Meeting.objects.filter(_meant(asked, today), board__in=readable).select_related("board")
    near = sorted(fitting.order_by("-first_day", "-pk")[:LOOKED_AT], key=lambda one: abs(one.first_day - today))
    return [
        hit(
            _name(meeting),
            asked,
            url=meeting.get_absolute_url(),
            facts=told(date_format(meeting.first_day), meeting.name if meeting.number else "", meeting.board.name),
        )
        for meeting in near[:6]
    ]


def _name(meeting: Meeting) -> str:
    if meeting.number:
        return _("Meeting %(number)s") % {"number": meeting.number}
    return meeting.name or _("Meeting %(number)s") % {"number": date_format(meeting.first_day)}


def _meant(asked: Asked, today: date) -> Q:
    try:
        day = dates.parse_date(asked.typed, year=today.year)
    except ValueError:
        day = None
    if day:
        return Q(first_day=day) | Q(days__date=day)
    words = [word for word in asked.words if word.lower() not in MEETING_WORDS]
    if not words:
        return Q(first_day__gte=today)
    owned = [_of_meeting(word) for word in words]
    named = [any_of(containing(name, word) for name in BOARD) for word in words]
    every = all_of(own | name for own, name in zip(owned, named, strict=True))
    return every & any_of(owned) if len(words) == len(asked.words) else every


def _of_meeting(word: str) -> Q:
    """What one word says of the meeting itself."""
    name = containing("name", word)
    if word.lower() in _MONTHS:
        return name | Q(first_day__month=_MONTHS[word.lower()])
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 5 else 0
    if not number:
        return name
    year = Q(first_day__year=number) if number >= dates.EARLIEST else Q()
    return name | Q(sequence=number) | Q(number=word) | year


def cases(user, boards: list[Board], asked: Asked) -> list[Hit]:
    """By title as the reader sees it, the newest first."""
    listed = [board for board in boards if may(user, "meetings.read", board)]
    unshielded = [board.pk for board in listed if may(user, "documents.read_exempt", board)]
    is_open = Q(board__in=unshielded) | ~Q(access_level__in=SHIELDED)
    fitting = (is_open & asked.within("title", *BOARD)) | (~is_open & asked.within("public_title", *BOARD))
    found = shown_to(user, listed).filter(fitting).select_related("board").order_by("-pk")[:LOOKED_AT]
    return best((_case(user, case, asked) for case in found), asked)


def _case(user, case: Case, asked: Asked) -> Hit:
    waits = _("waits for a meeting") if case.is_waiting and rules.may_read_plan(user, case.board) else ""
    title = rules.shown_title(user, case, case.board)
    return hit(title, asked, url=case.get_absolute_url(), facts=told(waits, case.board.name))


def follow_ups(user, asked: Asked, today: date) -> list[Hit]:
    """By what is to be done or the case it comes from, open ones first."""
    fitting = asked.within("title", *BOARD) | containing("source_label", asked.typed)
    found = readable(user, today).filter(fitting).select_related("board").order_by("-pk")[:LOOKED_AT]
    hits = (
        hit(one.title, asked, url=one.get_absolute_url(), facts=told(one.get_state_display(), one.board.name), label=one.source_label)
        for one in sorted(found, key=lambda one: one.state in ("done", "dropped"))
    )  # fmt: skip
    return best(hits, asked)


def people(user, boards: list[Board], asked: Asked, today: date) -> list[Hit]:
    """Who sits on a board now, by name or organisation."""
    listed = [board.pk for board in boards if may(user, "boards.read", board)]
    seats = Seat.objects.active_on(today).filter(board__in=listed).exclude(name="").select_related("board")
    fitting = [
        seat for seat in seats.order_by("name", "pk") if begins(asked.folded, f"{seat.name} {seat.organisation_name}")
    ]
    hits = (
        hit(
            seat.name,
            asked,
            url=f"{reverse('boards:people', args=[seat.board.slug])}#seat-{seat.pk}",
            facts=told(seat.organisation_name, seat.get_role_display().lower(), seat.board.name),
        )
        for seat in fitting
    )
    return best(hits, asked)
