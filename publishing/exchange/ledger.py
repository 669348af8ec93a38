"""The follow-ups of one board during an import, and how a report finds its own among them."""

from collections import Counter
from dataclasses import dataclass, field

from boards.models import Board
from cases import caseid
from followups.models import Action, FollowUp, Report
from meetings.models import AgendaRow, Meeting
from minutes.models import MinutesItem
from publishing.wording import plain, same_text


@dataclass
class Entry:
    """A follow-up and its actions, stored or waiting to be."""

    follow_up: FollowUp
    actions: list[Action] = field(default_factory=list)

    same = staticmethod(same_text)

    def agrees(self, text: str) -> bool:
        return any(same_text(text, action.text) for action in self.actions)


class Ledger:
    """Read once a board with five queries; what an import adds is added here too."""

    def __init__(self, board: Board):
        self.board = board
        self.meetings = list(Meeting.objects.filter(board=board).in_order())
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        for follow_up in (
            FollowUp.objects.filter(board=board).select_related("source_meeting").prefetch_related("actions")
        ):
            self.add(Entry(follow_up, list(follow_up.actions.all())))
        self._rows: dict[str, list[AgendaRow]] = {}
        rows = AgendaRow.objects.filter(meeting__board=board, kind=AgendaRow.Kind.CASE)
        for row in rows.select_related("meeting", "case").order_by("meeting__first_day", "order"):
            if number := self._number(row.label, row.meeting):
                self._rows.setdefault(number.normal, []).append(row)
        items = MinutesItem.objects.filter(minutes__meeting__board=board, row__isnull=False).exclude(title="")
        self._titles = {}
        for row_id, title in items.values_list("row_id", "title"):
            self._titles.setdefault(row_id, []).append(title)
        self._reports: dict[int, list[Report]] = {}
        self._done: set[tuple[int, int]] = set()
        self._orders: Counter[int] = Counter()
        for report in Report.objects.filter(meeting__board=board).prefetch_related("covers"):
            self._orders[report.meeting_id] = max(self._orders[report.meeting_id], report.order + 1)
            for follow_up_id in {report.follow_up_id, *(covered.pk for covered in report.covers.all())} - {None}:
                self._reports.setdefault(follow_up_id, []).append(report)
                self._done.add((report.meeting_id, follow_up_id))
        self._done_now: set[tuple[int, int]] = set()
        self._changed: dict[int, Entry] = {}

    def _number(self, label: str, meeting: Meeting | None) -> caseid.CaseNumber | None:
        sequence, year = (meeting.sequence, meeting.first_day.year) if meeting else (None, None)
        return caseid.parse(label, self.board.scheme, meeting=sequence, year=year)

    def normal(self, label: str) -> str:
        """The source number in normal form; "" where it is no certain number (R21)."""
        number = self._number(label, None) if label else None
        return number.normal if number else ""

    def row(self, label: str, meeting: Meeting | None) -> AgendaRow | None:
        number = self._number(label, meeting) if label else None
        return next(iter(self._rows.get(number.normal, [])), None) if number else None

    def add(self, entry: Entry) -> None:
        key = (
            entry.follow_up.source_normal,
            "" if entry.follow_up.source_normal else plain(entry.follow_up.source_label),
        )
        self._entries.setdefault(key, []).append(entry)

    def _candidates(self, normal: str, label: str) -> list[Entry]:
        return self._entries.get((normal, "" if normal else plain(label)), [])

    def matching(self, normal: str, label: str, title: str, actions: list[dict], meeting: Meeting) -> list[Entry]:
        """The follow-ups this report speaks of: those whose action it repeats, else those whose title it has."""
        earlier = [entry for entry in self._candidates(normal, label) if _is_before(entry, meeting)]
        said = [action["text"] for action in actions]
        repeated = [entry for entry in earlier if any(entry.agrees(text) for text in said)]
        if repeated:
            return sorted(repeated, key=lambda entry: next(n for n, text in enumerate(said) if entry.agrees(text)))
        return [entry for entry in earlier if self._has_title(entry, title)]

    def _has_title(self, entry: Entry, title: str) -> bool:
        row = entry.follow_up.source_row
        titles = [entry.follow_up.title, *(action.text for action in entry.actions)]
        if row is not None:
            titles += [row.title, row.case.title if row.case else "", *self._titles.get(row.pk, [])]
        return bool(title) and any(same_text(title, other) for other in titles)

    def from_before(self, normal: str, label: str, text: str, meeting: Meeting) -> Entry | None:
        """The follow-up that a later meeting's report made, if its source is this block after all."""
        for entry in self._candidates(normal, label):
            follow_up = entry.follow_up
            if follow_up.pk and follow_up.is_from_before and follow_up.source_block_id is None and entry.agrees(text):
                reports = self._reports.get(follow_up.pk, [])
                if all(self._day(report) > meeting.first_day for report in reports):
                    return entry
        return None

    def _day(self, report: Report):
        return next(meeting.first_day for meeting in self.meetings if meeting.pk == report.meeting_id)

    def reports_of(self, entry: Entry) -> list[Report]:
        return self._reports.get(entry.follow_up.pk, [])

    def is_reported(self, entry: Entry, meeting: Meeting) -> bool:
        stored = entry.follow_up.pk and (meeting.pk, entry.follow_up.pk) in self._done
        return bool(stored) or (meeting.pk, id(entry)) in self._done_now

    def reported(self, report: Report, entries: list[Entry], meeting: Meeting) -> None:
        self._done_now |= {(meeting.pk, id(entry)) for entry in entries}

    def next_order(self, meeting: Meeting) -> int:
        self._orders[meeting.pk] += 1
        return self._orders[meeting.pk] - 1

    def changed(self, entry: Entry) -> None:
        self._changed[id(entry)] = entry

    def save_changed(self) -> None:
        """What was stored before this import and is changed by it; what is new waits in the batch."""
        stored = [entry for entry in self._changed.values() if entry.follow_up.pk]
        for entry in stored:
            entry.follow_up.save()
        for entry in stored:
            for action in entry.actions:
                if action.pk:
                    action.save()


def _is_before(entry: Entry, meeting: Meeting) -> bool:
    source = entry.follow_up.source_meeting
    return source is None or source.first_day < meeting.first_day
