"""The import: any number of files in one transaction, all or nothing; doing it twice changes nothing (issue 2, 3)."""

from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from boards.models import Board
from meetings.models import Meeting
from publishing.exchange import approving, issuing, merging, register, representing, template
from publishing.exchange import board as boards
from publishing.exchange.cleaning import cleaned
from publishing.exchange.meeting import first_day, new_meeting, same_meeting
from publishing.exchange.minutes import new_minutes
from publishing.exchange.validating import Problem, RecordRefused, check
from publishing.exchange.work import Warning, Work


@dataclass(frozen=True)
class Outcome:
    """What an import did, or with a dry run would have done."""

    boards: tuple[str, ...]
    made: Counter
    changed: Counter
    warnings: tuple[Warning, ...]
    is_dry: bool = False

    @property
    def is_nothing_new(self) -> bool:
        return not self.made and not self.changed

    @property
    def made_in_words(self) -> list[tuple[str, int]]:
        """Kinds of what a reader knows, in the reader's language, with how many."""
        return in_words(self.made)

    @property
    def changed_in_words(self) -> list[tuple[str, int]]:
        return in_words(self.changed)


def in_words(counts: Counter) -> list[tuple[str, int]]:
    """What is made of register rows and hangers-on goes without saying."""
    words = {
        "Board": _("Board"),
        "Seat": _("Seats"),
        "Person": _("Persons"),
        "Organisation": _("Organisations"),
        "CalendarEntry": _("Dates in the calendar"),
        "Meeting": _("Meetings"),
        "MeetingDay": _("Days of meetings"),
        "Attendance": _("Rows of attendance lists"),
        "AgendaRow": _("Agenda rows"),
        "Case": _("Cases"),
        "Paper": _("Papers"),
        "Minutes": _("Minutes"),
        "MinutesItem": _("Cases in minutes"),
        "Block": _("Texts in minutes"),
        "Decision": _("Decisions"),
        "FollowUp": _("Follow-ups"),
        "Report": _("Reports on follow-ups"),
        "Remark": _("Remarks"),
        "Document": _("Issued documents"),
    }
    return [(word, counts[kind]) for kind, word in words.items() if counts[kind]]


class _DryRun(Exception):
    """Rolls the import back once everything is known."""


def import_record(data: dict, **options) -> Outcome:
    """As `import_records`, for one record."""
    return import_records([data], **options)


def import_records(
    records: Iterable[dict], *, by=None, update: bool = False, is_dry: bool = False, at: datetime | None = None
) -> Outcome:
    """Everything the records say stands in the database, or nothing of it; what was there is not blanked or overwritten.

    With `update` the file's value is taken where ours differs, except in issued documents. Sends no mail, publishes
    nothing, carries nothing. Raises RecordRefused, with nothing changed, for a record that cannot be stored.
    """
    records = list(records)
    for index, record in enumerate(records):
        with _naming(index):
            check(record)
    outcome = None
    try:
        with transaction.atomic():
            outcome = _import(records, Work(now=at or timezone.now(), by=by, update=update), is_dry)
            if is_dry:
                raise _DryRun
    except _DryRun:
        pass
    except (IntegrityError, DataError) as fault:
        sentence = _(
            "The database refused the record, perhaps because the same was saved at this moment. Nothing was changed."
        )
        raise RecordRefused([Problem("", sentence)]) from fault
    return outcome


@contextmanager
def _naming(index: int):
    """A refusal within says which of the records it is about."""
    try:
        yield
    except RecordRefused as refused:
        refused.record = index
        raise


def _import(records: list[dict], work: Work, is_dry: bool) -> Outcome:
    done: list[tuple[Board, dict]] = []
    for index, record in enumerate(records):
        with _naming(index):
            ready = cleaned(record, work.warn)
            done.append((_import_board(work, ready), ready))
            work.batch.flush()
    register.register(work)
    for board in dict.fromkeys(board for board, _record in done):
        representing.presume(work, board)
        approving.approve(work, board)
    for board in work.new_boards:
        template.set_up(work, board)
    issuing.issue(work)
    work.batch.flush()
    made, changed = work.batch.made, work.changed
    for board, record in done:
        merging.find_doubts(work, board, record)
    if made or changed:
        for board in dict.fromkeys(board for board, _record in done):
            trail.record(
                "exchange.import", board, by=work.by, board=board, at=work.now, made=dict(made), changed=dict(changed)
            )
    slugs = tuple(dict.fromkeys(board.slug for board, _record in done))
    return Outcome(slugs, made, changed, tuple(work.warnings), is_dry)


def _import_board(work: Work, record: dict) -> Board:
    board = Board.objects.filter(slug=record["board"]["slug"]).first()
    if board is None:
        board = boards.new_board(work, record)
        work.new_boards.append(board)
    else:
        merging.merge_board(work, board, record)
    taken = set(Meeting.objects.filter(board=board).values_list("slug", flat=True))
    known = _known_meetings(board)
    for index, data in sorted(enumerate(record.get("meetings", [])), key=lambda one: _day(one[1], one[0])):
        _import_meeting(work, board, data, f"/meetings/{index}", taken, known)
    return board


def _day(data: dict, index: int) -> date:
    days = data.get("days")
    if not days or not days[0].get("date"):
        raise RecordRefused([Problem(f"/meetings/{index}/days/0/date", _("A meeting needs a date."))])
    return first_day(data)


def _known_meetings(board: Board) -> set:
    return set(Meeting.objects.filter(board=board).values_list("first_day", flat=True))


def _import_meeting(work: Work, board: Board, data: dict, place: str, taken: set[str], known: set) -> None:
    if first_day(data) in known:
        work.batch.flush()
        if meeting := same_meeting(board, data):
            merging.merge_meeting(work, meeting, data, place)
            return
    known.add(first_day(data))
    meeting, rows = new_meeting(work, board, data, place, taken)
    if data.get("minutes"):
        minutes = new_minutes(work, meeting, data["minutes"], f"{place}/minutes", rows)
        issuing.note(work, minutes, data["minutes"])
