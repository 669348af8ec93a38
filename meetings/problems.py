"""What the secretary should look at in an agenda. Every one is a warning; none stops anything (R3, R10, R11, R20, R41)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BigAutoField, CharField
from django.utils.translation import gettext, ngettext

from boardroom.lib.prepared import among, prepared
from boardroom.lib.times import format_time
from boards.models import RowPurpose
from meetings import numbering, shielding, timing
from meetings.models import AgendaRow, Meeting
from meetings.unresolved import Numbers, Unresolved

WARNING, NOTE = "warning", "info"


@dataclass(frozen=True)
class Problem:
    """A sentence, how much it matters (`warning` or `info`), the row it is about, and the day and end that would mend it."""

    text: str
    level: str = WARNING
    row: AgendaRow | None = None
    is_unshielded: bool = False
    day: int | None = None
    end: str = ""
    unresolved: Unresolved | None = None

    @property
    def about(self) -> str:
        """The words of the sentence that name the row; the whole sentence where none of them do."""
        names = [self.row.label, f"«{self.row.title or self.row.get_kind_display()}»"] if self.row else []
        return next((name for name in names if name and self.text.startswith(name)), self.text)

    @property
    def rest(self) -> str:
        return self.text.removeprefix(self.about)


def problems(meeting: Meeting, rows: list[AgendaRow] | None = None) -> list[Problem]:
    """Everything worth a look, the weightier first."""
    rows = timing.ordered_rows(meeting) if rows is None else rows
    found = [
        *_of_number(meeting),
        *_of_times(meeting, rows),
        *_of_minutes_to_approve(meeting, rows),
        *_of_labels(meeting, rows),
        *_of_cases(rows),
        *_of_exempt_cases(rows),
        *_of_references(meeting, rows),
    ]
    return sorted(found, key=lambda problem: problem.level != WARNING)


def _of_references(meeting: Meeting, rows: list[AgendaRow]) -> list[Problem]:
    """Case numbers in the texts that lead nowhere, with the one that was perhaps meant (R21)."""
    found, numbers = [], Numbers(meeting.board)
    for row in rows:
        for one in numbers.unresolved(row.description) + numbers.unresolved(row.proposed_decision):
            words = {"case": row.label or f"«{row.title}»", "label": one.written}
            text = gettext("%(case)s names case %(label)s, which does not exist.") % words
            if one.near:
                text += " " + gettext("Did you mean %(label)s?") % {"label": one.near.label}
            found.append(Problem(text, row=row, unresolved=one))
    return found


def _of_number(meeting: Meeting) -> list[Problem]:
    sentence = numbering.number_warning(meeting.board, meeting.number, besides=meeting)
    return [Problem(sentence)] if sentence else []


def _of_times(meeting: Meeting, rows: list[AgendaRow]) -> list[Problem]:
    days = list(meeting.days.all())
    if meeting.is_as_written:
        slots = [timing.Slot(row, row.day or 1, timing.minute(row.start), timing.minute(row.end)) for row in rows]
    else:
        slots = timing.schedule(rows, days)
    found = _overlaps(slots)
    for day in days:
        found += _at_the_end(day, [slot for slot in slots if slot.day == day.number], days)
    return found


def _overlaps(slots: list[timing.Slot]) -> list[Problem]:
    found, before = [], None
    for slot in slots:
        if slot.start is None:
            continue
        if slot.end is not None and slot.end < slot.start:
            found.append(
                Problem(gettext("«%(title)s» ends before it begins.") % {"title": slot.row.title}, row=slot.row)
            )
        if before and before.day == slot.day and before.end is not None and slot.start < before.end:
            sentence = gettext("«%(title)s» begins at %(time)s, before «%(other)s» ends.") % {
                "title": slot.row.title,
                "time": _time(slot.start),
                "other": before.row.title,
            }
            found.append(Problem(sentence, row=slot.row))
        before = slot
    return found


def _at_the_end(day, slots: list[timing.Slot], days: list) -> list[Problem]:
    """The day's rows end after the meeting, or before it (R11)."""
    ends = [slot.end for slot in slots if slot.end is not None]
    planned = timing.minute(day.end)
    if not ends or planned is None or max(ends) == planned:
        return _unknown(slots) if planned is not None else []
    last = max(ends)
    words = {"time": _time(last), "planned": _time(planned), "minutes": abs(last - planned)}
    which = gettext("Day %(number)s: ") % {"number": day.number} if len(days) > 1 else ""
    if last > planned:
        sentence = ngettext(
            "The last item ends at %(time)s, %(minutes)s minute after the planned end at %(planned)s.",
            "The last item ends at %(time)s, %(minutes)s minutes after the planned end at %(planned)s.",
            words["minutes"],
        )
        remedy = {"day": day.number, "end": words["time"]} if last < timing.DAY else {}
        return [Problem(which + sentence % words, row=slots[-1].row, **remedy), *_unknown(slots)]
    sentence = ngettext(
        "The last item ends at %(time)s, %(minutes)s minute before the planned end at %(planned)s.",
        "The last item ends at %(time)s, %(minutes)s minutes before the planned end at %(planned)s.",
        words["minutes"],
    )
    return [Problem(which + sentence % words, NOTE), *_unknown(slots)]


def _unknown(slots: list[timing.Slot]) -> list[Problem]:
    """Rows without minutes, where other rows of the day have them."""
    timed = [slot for slot in slots if slot.row.minutes]
    lacking = [
        slot.row
        for slot in slots
        if slot.row.minutes is None
        and slot.row.kind not in timing.TIMELESS
        and slot.end is None
        and not slot.row.outcome
    ]
    if not timed:
        return []
    sentence = gettext("«%(title)s» has no minutes, so the times after it are not known.")
    return [Problem(sentence % {"title": row.title or row.get_kind_display()}, NOTE, row) for row in lacking]


def _of_minutes_to_approve(meeting: Meeting, rows: list[AgendaRow]) -> list[Problem]:
    dates = {day.date for day in meeting.days.all()}
    found = []
    for row in rows:
        if row.approves_minutes_of in dates:
            sentence = gettext("The meeting is to approve the minutes of its own date, %(date)s.")
            found.append(Problem(sentence % {"date": f"{row.approves_minutes_of:%d.%m.%Y}"}, row=row))
        elif (
            row.purpose == RowPurpose.APPROVAL and row.approves_minutes_of is None and meeting.board.approves_in_meeting
        ):
            sentence = gettext("«%(title)s» does not say which minutes it approves.")
            found.append(Problem(sentence % {"title": row.title}, NOTE, row))
    return found


def _of_labels(meeting: Meeting, rows: list[AgendaRow]) -> list[Problem]:
    """The same case number twice: in the agenda (parts of one case aside), or in another meeting of the board (R20)."""
    labelled = [row for row in rows if row.label]
    counted = Counter(row.label for row in labelled)
    twice = {label for label, count in counted.items() if count > 1}
    elsewhere = set(_labels_elsewhere(meeting=meeting.pk, board=meeting.board_id, labels=list(counted)))
    sentence = gettext("The number %(label)s is used more than once on this board.")
    return [Problem(sentence % {"label": label}) for label in sorted(twice | elsewhere)]


@prepared(meeting=BigAutoField(), board=BigAutoField(), labels=[CharField()])
def _labels_elsewhere(meeting, board, labels):
    rows = AgendaRow.objects.filter(among("label", labels), meeting__board=board).exclude(meeting=meeting)
    return rows.order_by().values_list("label", flat=True)


def _of_cases(rows: list[AgendaRow]) -> list[Problem]:
    found = []
    for row in rows:
        if row.is_closed and not row.closed_basis:
            sentence = gettext("«%(title)s» is behind closed doors without a legal basis.")
            found.append(Problem(sentence % {"title": row.title}, row=row))
        if row.is_shielded and not row.access_basis and row.access_level == AgendaRow.Level.EXEMPT:
            sentence = gettext("«%(title)s» is exempt from public access without a legal basis.")
            found.append(Problem(sentence % {"title": row.title}, row=row))
    return found


def _of_exempt_cases(rows: list[AgendaRow]) -> list[Problem]:
    """Rows whose case was made exempt after it came on the agenda (P10)."""
    sentence = gettext("«%(title)s»: the case is exempt from public access, the row on the agenda is not.")
    return [Problem(sentence % {"title": row.title}, row=row, is_unshielded=True) for row in shielding.unshielded(rows)]


def _time(minutes: int) -> str:
    hour, left = divmod(minutes, 60)
    moment = timing.clock(minutes)
    return format_time(moment) if moment else f"{hour}.{left:02}"
