"""All that is worth a look in the minutes or the agenda of one meeting, each with the place where it is put right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import problems
from meetings.models import AgendaRow, Meeting
from meetings.unresolved import Numbers, Unresolved
from minutes import completeness
from minutes.models import Block, MinutesItem
from publishing import consistency
from publishing.models import WarningSetAside
from publishing.warnings.source import Source

MINUTES, AGENDA = "minutes", "agenda"
WARNING, NOTE = "warning", "info"
# Said better, or only of interest, in the agenda.
OF_AGENDA = frozenset(["R3", "R11", "R41"])
# What the agenda's own checks say already.
SAID_BY_AGENDA = frozenset(["R3", "R10", "R11", "R20", "R41"])
# Read from the texts here, with a suggestion.
IN_TEXT = ("/html", "/resolution")


@dataclass
class Warning:
    """A sentence with the address of its place; `unresolved` where it is about a number that leads nowhere."""

    sentence: str
    url: str
    level: str = WARNING
    unresolved: Unresolved | None = None
    near_url: str = ""
    is_expected: bool = False
    aside: WarningSetAside | None = None

    @property
    def key(self) -> str:
        """The same for the same doubt at the same place; another wording is another doubt."""
        return sha256(f"{self.url}\n{self.sentence}".encode()).hexdigest()


@dataclass
class Found:
    """What to look over, what will come as the work goes on, and what was set aside."""

    open: list[Warning] = field(default_factory=list)
    expected: list[Warning] = field(default_factory=list)
    aside: list[Warning] = field(default_factory=list)


def warnings_of(meeting: Meeting, of: str = MINUTES) -> Found:
    """The warnings, the weightier first, in a fixed number of queries however long the meeting is."""
    source, numbers = Source(meeting), Numbers(meeting.board)
    gathered = _of_minutes(source, numbers) if of == MINUTES and source.minutes else _of_agenda(source, numbers)
    found = Found()
    aside = {one.key: one for one in meeting.warnings_set_aside.select_related("set_by")}
    for warning in {one.key: one for one in gathered}.values():
        warning.aside = aside.get(warning.key)
        place = found.aside if warning.aside else found.expected if warning.is_expected else found.open
        place.append(warning)
    found.open.sort(key=lambda one: one.level != WARNING)
    return found


def _of_minutes(source: Source, numbers: Numbers) -> Iterator[Warning]:
    for block in source.blocks.values():
        for one in numbers.unresolved(block.html):
            yield _unresolved(one, block.get_absolute_url(), numbers)
    yield from _of_consistency(source, without=OF_AGENDA)
    yield from _of_follow_ups(source)
    for sentence, place in completeness.missing(source.minutes):
        # What is not written yet is no doubt while the meeting goes on.
        is_expected = not _is_over(source.meeting) and place.startswith(("item-", "case-", "time", "remarks"))
        yield Warning(sentence, _place(source, place), NOTE, is_expected=is_expected)


def _is_over(meeting: Meeting) -> bool:
    last = max([day.date for day in meeting.days.all()], default=meeting.first_day)
    return bool(meeting.ended_at) or last < timezone.localdate()


def _of_agenda(source: Source, numbers: Numbers) -> Iterator[Warning]:
    rows = list(source.rows.values())
    for problem in problems.problems(source.meeting, rows):
        url = _row_url(source.meeting, problem.row)
        if problem.unresolved:
            yield _unresolved(problem.unresolved, url, numbers)
        else:
            yield Warning(problem.text, url, problem.level)
    yield from _of_consistency(source, without=SAID_BY_AGENDA, within=("agenda", "papers"))


def _of_consistency(source: Source, *, without: frozenset[str], within: tuple[str, ...] = ()) -> Iterator[Warning]:
    known = consistency.known_of(source.meeting.board, record=source.record)
    for finding in consistency.findings(source.record, known):
        if finding.code in without or (finding.code == "R21" and finding.pointer.endswith(IN_TEXT)):
            continue
        subject, part = source.at(finding.pointer)
        if within and part not in within:
            continue
        level = NOTE if finding.code in {"R54", "R55"} else WARNING
        yield Warning(finding.sentence, _url(source.meeting, subject, part), level)


def _of_follow_ups(source: Source) -> Iterator[Warning]:
    """A promise nobody can be asked about: without a date, or without anyone who answers for it."""
    for block in source.blocks.values():
        for action in [action for one in block.follow_ups.all() for action in one.actions.all()]:
            values = {"case": block.item.label or block.item}
            if not action.due_text and not action.due_on and not action.due_meeting_id and not action.due_month:
                yield Warning(_("The follow-up in %(case)s has no due date.") % values, block.get_absolute_url(), NOTE)
            if not action.responsible:
                sentence = _("The follow-up in %(case)s names nobody responsible.")
                yield Warning(sentence % values, block.get_absolute_url(), NOTE)


def _unresolved(one: Unresolved, url: str, numbers: Numbers) -> Warning:
    near_url = one.near.url(numbers.board) if one.near else ""
    return Warning(_("Case %(label)s does not exist.") % {"label": one.written}, url, WARNING, one, near_url)


def _place(source: Source, place: str) -> str:
    """The address of a place as the completeness list names it."""
    meeting, (kind, _sign, pk) = source.meeting, place.partition("-")
    if kind == "block" and (block := source.blocks.get(int(pk))):
        return block.get_absolute_url()
    if kind == "item" and (item := source.items.get(int(pk))):
        return item.get_absolute_url()
    names = {"attendance": "meetings:attendance", "time": "meetings:edit", "remarks": "minutes:remarks"}
    return reverse(names.get(kind, "minutes:minutes"), args=[meeting.board.slug, meeting.slug])


def _url(meeting: Meeting, subject, part: str) -> str:
    if isinstance(subject, Block | MinutesItem):
        return subject.get_absolute_url()
    if isinstance(subject, AgendaRow) or part in {"agenda", "papers"}:
        return _row_url(meeting, subject)
    names = {"attendance": "meetings:attendance", "minutes": "minutes:minutes"}
    return reverse(names.get(part, "meetings:edit"), args=[meeting.board.slug, meeting.slug])


def _row_url(meeting: Meeting, row: AgendaRow | None) -> str:
    agenda = reverse("meetings:agenda", args=[meeting.board.slug, meeting.slug])
    return f"{agenda}#row-{row.pk}" if row else agenda
