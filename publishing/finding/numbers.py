"""A case by its number, in any spelling (requirements 1.2): each board reads it with its own scheme, nothing is guessed."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from boardroom.lib.conditions import any_of
from boards.models import Board
from boards.roles import may
from cases import caseid
from meetings import rules
from meetings.models import AgendaRow
from minutes.models import MinutesItem
from publishing.finding.asking import Asked
from publishing.finding.hits import Hit, told

AT_MOST = 8


def cases(user, boards: list[Board], asked: Asked, today: date) -> list[Hit]:
    """The cases of that number, the board one is on and the newest first; for who writes their place in the minutes too."""
    read = {board.pk: number for board in boards if (number := read_on(user, board, asked, today))}
    fitting = any_of(_condition(board, number) for board, number in read.items())
    found = AgendaRow.objects.filter(fitting, kind=AgendaRow.Kind.CASE).select_related("meeting__board", "case")
    rows = [row for row in found.order_by("-meeting__first_day", "order")[:50] if _is_meant(user, row, read)]
    rows.sort(key=lambda row: row.meeting.board.slug != asked.board)
    straight = [_hit(user, row) for row in rows[:AT_MOST]]
    return list(dict.fromkeys([*straight, *_in_minutes(user, rows[:AT_MOST])]))


def read_on(user, board: Board, asked: Asked, today: date) -> caseid.CaseNumber | None:
    """What the text means on the board; only digits are no case number, since they may be a meeting's."""
    if not may(user, "meetings.read", board) or asked.typed.isdecimal():
        return None
    place = {"year": today.year, "meeting": _sequence(asked) if board.slug == asked.board else None}
    return caseid.parse(asked.typed, board.scheme, **place) or caseid.parse(asked.typed.upper(), board.scheme, **place)


def _sequence(asked: Asked) -> int | None:
    """The number of the meeting one looks at, as its address has it (`44-2026`)."""
    first = asked.meeting.partition("-")[0]
    return int(first) if first.isascii() and first.isdecimal() and len(first) < 5 else None


def _condition(board: int, number: caseid.CaseNumber) -> Q:
    return Q(
        meeting__board=board, item=number.item, number_year=number.year,
        **({"number_meeting": number.meeting} if number.meeting is not None else {}),
    )  # fmt: skip


def _is_meant(user, row: AgendaRow, read: dict[int, caseid.CaseNumber]) -> bool:
    """Whether the row's own label has the same number, and the user may read its agenda."""
    board, number = row.meeting.board, read[row.meeting.board_id]
    place = {"meeting": row.number_meeting, "year": row.number_year}
    written = caseid.parse(row.label, board.scheme, **place) if row.label else None
    plain = number.normal.removeprefix(f"{board.short_name.upper()} ")
    is_same = written.normal in {number.normal, plain} if written else not number.prefix
    return is_same and rules.may_read_agenda(user, row.meeting)


def _hit(user, row: AgendaRow) -> Hit:
    board = row.meeting.board
    agenda = f"{reverse('meetings:agenda', args=[board.slug, row.meeting.slug])}#row-{row.pk}"
    return Hit(
        rules.shown_title(user, row, board),
        url=row.case.get_absolute_url() if row.case else agenda,
        facts=told(_("meeting %(number)s") % {"number": row.meeting.number} if row.meeting.number else "", board.name),
        label=row.label,
    )


def _in_minutes(user, rows: list[AgendaRow]) -> list[Hit]:
    written = [row.pk for row in rows if may(user, "minutes.write", row.meeting.board)]
    items = MinutesItem.objects.filter(row__in=written).select_related("minutes__meeting__board", "row")
    return [
        Hit(
            item.title or item.row.title,
            url=item.get_absolute_url(),
            facts=told(_("in the minutes"), item.minutes.meeting.board.name),
            label=item.label,
        )
        for item in items
    ]
