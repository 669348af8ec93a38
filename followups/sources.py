"""Where a follow-up comes from, and when it is due: words read with the board and the source meeting known (R78, R88).

What was written is kept. What cannot be read certainly stays text, and is a warning at most.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from boardroom.lib import dates
from boardroom.lib.prepared import write
from boards.models import Board
from cases import caseid
from followups.models import OPEN, Action, DueChange
from meetings.models import AgendaRow, Meeting

PUT_OFF = frozenset({Meeting.State.CANCELLED, Meeting.State.POSTPONED})


@dataclass(frozen=True)
class Source:
    """A source as written, in normal form ("" where it is no case number of the board) and linked where it resolves."""

    label: str
    normal: str = ""
    row: AgendaRow | None = None

    @property
    def warning(self) -> str | None:
        """Why there is no link, in a sentence; None where there is one or nothing was written."""
        if self.row or not self.label:
            return None
        if not self.normal:
            return _("«%(label)s» is no case number of this board. It is kept as written.") % {"label": self.label}
        return _("No case %(label)s is found on this board. It is kept as written.") % {"label": self.normal}


def normal_form(label: str, board: Board, meeting: Meeting | None = None) -> str:
    """`4/38-23` is `4-38/23`; "" where the board's scheme does not read it. A bare number takes the meeting's."""
    number = _parse(label, board.scheme, meeting)
    return number.normal if number else ""


def find_source(label: str, board: Board, meeting: Meeting | None = None) -> Source:
    """The case of the board that `label` names. Nothing is guessed (R21).

    A number that the board's scheme does not read, or knows no case of, is looked for among those of the other scheme:
    a board may have changed, and its old cases keep their numbers.
    """
    own = _parse(label, board.scheme, meeting)
    row = _find(own, board.scheme, board) if own else None
    if row:
        return Source(label, own.normal, row)
    for scheme in caseid.Scheme:
        former = _parse(label, scheme, None) if scheme != board.scheme else None
        if former and (row := _find(former, scheme, board)):
            return Source(label, former.normal, row)
    return Source(label, own.normal if own else "")


def _find(number: caseid.CaseNumber, scheme: str, board: Board) -> AgendaRow | None:
    rows = AgendaRow.objects.filter(
        meeting__board=board, kind=AgendaRow.Kind.CASE, item=number.item, number_year=number.year
    )
    if number.meeting is not None:
        rows = rows.filter(number_meeting=number.meeting)
    for row in rows.select_related("meeting").order_by("meeting__first_day", "order"):
        labelled = _parse(row.label, scheme, row.meeting)
        if labelled and labelled.normal == number.normal:
            return row
    return None


def _parse(label: str, scheme: str, meeting: Meeting | None) -> caseid.CaseNumber | None:
    sequence, year = (meeting.sequence, meeting.first_day.year) if meeting else (None, None)
    return caseid.parse(label, scheme, meeting=sequence, year=year)


@dataclass(frozen=True)
class Due:
    """What the words mean: a day, a month (its first day), or the next meeting. All empty: later, nobody said when."""

    on: date | None = None
    month: date | None = None
    is_next_meeting: bool = False


_MONTHS = {name.lower(): number for names in dates.MONTHS.values() for number, name in enumerate(names, start=1)}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_MEETING = re.compile(
    rf"\b{_MONTH}(?:[\s-]?møte(?:t|ne)?|\s(?:board\s)?meeting)?\b(?:\s(?P<year>(?:19|20)[0-9]{{2}}))?"
)
_ONLY_DAY = re.compile(r"^(?:(?:innen|seinast|senest|til|by|before|før)\s)?(?:utgangen\sav\s)?(?P<day>.+)$")
_NEXT = re.compile(
    r"\b(?:neste|førstkommende|førstkomande|next)\s(?:ordinære?\s|board\s)?(?:[a-zæøå]*møte(?:t)?|meeting)\b"
)


def understand_due(text: str, after: date | None) -> Due:
    """What `text` says of when: «septembermøtet» is the next September after the day `after`.

    A date needs no context; a month without a year needs `after`. Words that say no time leave everything empty.
    """
    plain = " ".join(text.lower().split())
    day = _ONLY_DAY.match(plain)
    if day and (on := _day(day["day"], after)):
        return Due(on=on)
    if _NEXT.search(plain):
        return Due(is_next_meeting=True)
    found = _MEETING.search(plain)
    # "mars" and "mai" alone are months; in English "may" and "march" are words of a sentence as well.
    if found is None or (found[0] in {"may", "march"} and len(plain) > len(found[0])):
        return Due()
    year = int(found["year"]) if found["year"] else None
    return Due(month=_first_of(_MONTHS[found["month"]], year, after))


def _day(text: str, after: date | None) -> date | None:
    try:
        return dates.parse_date(text)
    except ValueError:
        if after is None:
            return None
    for year in (after.year, after.year + 1):
        try:
            on = dates.parse_date(text, year=year)
        except ValueError:
            continue
        if on >= after:
            return on
    return None


def _first_of(month: int, year: int | None, after: date | None) -> date | None:
    if year is None and after is None:
        return None
    if year is None:
        year = after.year + (month <= after.month)
    return date(year, month, 1)


def due_meeting(due: Due, after: date | None, meetings: Iterable[Meeting]) -> Meeting | None:
    """The first of the board's meetings that the words mean, or None as long as there is none."""
    coming = sorted(
        (
            meeting
            for meeting in meetings
            if meeting.state not in PUT_OFF and (after is None or meeting.first_day > after)
        ),
        key=lambda meeting: (meeting.first_day, meeting.pk),
    )
    if due.is_next_meeting:
        return coming[0] if coming and after else None
    for meeting in coming:
        if due.month and (meeting.first_day.year, meeting.first_day.month) == (due.month.year, due.month.month):
            return meeting
    return None


def set_due(action: Action, text: str, after: date | None, meetings: Iterable[Meeting]) -> None:
    """`action` (not saved here) is due as `text` says: as written, and as far as it can be read."""
    due = understand_due(text, after)
    action.due_text = text
    action.due_on, action.due_month = due.on, due.month
    action.due_meeting = due_meeting(due, after, meetings)


def with_said_on(actions: QuerySet[Action]) -> QuerySet[Action]:
    """With `said_on`, the day from which the words of the due time are read: when they were last said, else the source's."""
    standing = DueChange.objects.filter(action=OuterRef("pk"), undoes__isnull=True, undone_by__isnull=True)
    last = standing.order_by("-pk").annotate(day=Coalesce("meeting__first_day", "changed_on")).values("day")[:1]
    return actions.annotate(said_on=Coalesce(Subquery(last), "follow_up__source_meeting__first_day"))


def resolve_dues(boards: list[int]) -> int:
    """Open actions that wait for a meeting now point to it, where one was made; those of one put off look again.

    Only what points nowhere is read, and of that each wording once. How many were changed.
    """
    waiting = Action.objects.filter(
        follow_up__board__in=boards, follow_up__state__in=OPEN, state__in=OPEN, due_on__isnull=True
    ).filter(Q(due_meeting__isnull=True) | Q(due_meeting__state__in=PUT_OFF))
    unread = waiting.filter(due_month__isnull=True).exclude(due_text="")
    texts = unread.order_by().values_list("due_text", flat=True).distinct()
    read = {text: understand_due(text, _ANY_DAY) for text in texts}
    changed = _read_anew(unread, [text for text, due in read.items() if due.on or due.month])
    changed += _point(waiting.filter(due_month__isnull=False), _IN_DUE_MONTH)
    changed += _point(unread.filter(due_text__in=[text for text, due in read.items() if due.is_next_meeting]), Q())
    return changed


_ANY_DAY = date(2000, 1, 1)
_IN_DUE_MONTH = Q(
    first_day__gte=OuterRef("due_month"),
    first_day__year=OuterRef("due_month__year"),
    first_day__month=OuterRef("due_month__month"),
)


def _read_anew(unread: QuerySet[Action], texts: list[str]) -> int:
    """Days and months that could not be read when they were written, because the source was not known then."""
    found = list(with_said_on(unread.filter(due_text__in=texts)).filter(said_on__isnull=False)) if texts else []
    for action in found:
        due = understand_due(action.due_text, action.said_on)
        action.due_on, action.due_month = due.on, due.month
    write(found, ["due_on", "due_month"])
    return len(found)


def _point(waiting: QuerySet[Action], which: Q) -> int:
    """Each action is due in the first meeting of its board, not put off, after its words were said; where none is, in none."""
    meetings = Meeting.objects.filter(which, board=OuterRef("follow_up__board"), first_day__gt=OuterRef("said_on"))
    first = meetings.exclude(state__in=PUT_OFF).order_by("first_day", "pk").values("pk")[:1]
    pointed = with_said_on(waiting).annotate(found=Subquery(first)).exclude(found=None, due_meeting=None)
    changed = [Action(pk=key, due_meeting_id=found) for key, found in pointed.order_by().values_list("pk", "found")]
    write(changed, ["due_meeting"])
    return len(changed)
