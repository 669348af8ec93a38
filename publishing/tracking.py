"""Keeps the public tracker's rows: from what published minutes say, and how the register stands (docs/decisions/0012).

Nothing else writes them. They can be made anew from the records at any time and are the same (`rebuild`).
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from boardroom.lib.crash import crash_point
from boards.models import Board
from followups.telling import tell_public
from publishing import mentioning, standing
from publishing.models import Document, DueKind, FollowUpMention, Publication, PublishedFollowUp, ResponsibleName

BATCH = 500
LARGE = ("page_html", "document__content", "document__public_content")
MADE = [
    field.name
    for field in PublishedFollowUp._meta.concrete_fields
    if field.name not in ("id", "register_number", "board_slug", "case", "number")
]


def published(publication: Publication) -> None:
    """What the published document says of follow-ups is on the tracker, in the caller's transaction.

    What waits for the board's next meeting is looked at by a job: this may be it.
    """
    refresh(mentioning.note(publication))
    tell_public(publication.document.board_id)


def withdrawn(publications: Iterable[Publication]) -> None:
    """Nothing of these publications is on the tracker any more, in the caller's transaction (P21)."""
    gone = FollowUpMention.objects.filter(publication__in=list(publications))
    refresh(list(gone.values_list("register_number", flat=True)))
    for board in {one.document.board_id for one in publications}:
        tell_public(board)


def refresh(numbers: Collection[int]) -> None:
    """The rows of these follow-ups say what may be known now; the number of queries grows with batches only."""
    every = sorted(set(numbers))
    for start in range(0, len(every), BATCH):
        _refresh(every[start : start + BATCH])


def refresh_boards(boards: Collection[int]) -> None:
    """Every row of these boards says what may be known now; minutes that were published before this was kept are noted."""
    slugs = list(Board.objects.filter(pk__in=boards).values_list("slug", flat=True))
    _note_missing(Publication.objects.filter(board_slug__in=slugs))
    crash_point("before_done")
    refresh(PublishedFollowUp.objects.filter(board_slug__in=slugs).values_list("register_number", flat=True))


def rebuild(board: str | None = None, *, check: bool = False) -> list[str]:
    """All rows, or a board's, are made anew from documents and register. The addresses of those that were different.

    With `check` nothing is changed.
    """
    publications = Publication.objects.filter(board_slug=board) if board else Publication.objects.all()
    rows = PublishedFollowUp.objects.filter(board_slug=board) if board else PublishedFollowUp.objects.all()
    with transaction.atomic():
        before = _snapshot(rows)
        different = _note_anew(publications)
        refresh(rows.values_list("register_number", flat=True))
        after = _snapshot(rows)
        different |= {address for address in before.keys() | after.keys() if before.get(address) != after.get(address)}
        if check:
            transaction.set_rollback(True)
    return sorted(different)


def _note_missing(publications) -> None:
    minutes = publications.filter(kind=Document.Kind.MINUTES, mentions__isnull=True)
    for one in minutes.select_related("document__meeting", "document__board").order_by("pk"):
        mentioning.note(one)


def _note_anew(publications) -> set[str]:
    """The mentions of every publication are those its document gives; the addresses of the meetings where they were not."""
    different = set()
    minutes = publications.filter(kind=Document.Kind.MINUTES).defer("page_html").order_by("pk")
    for one in minutes.select_related("document__meeting", "document__board").iterator(chunk_size=50):
        kept = list(FollowUpMention.objects.filter(publication=one).order_by("order"))
        if [_values(mention) for mention in kept] != [_values(mention) for mention in mentioning.mentions_of(one)]:
            FollowUpMention.objects.filter(publication=one).delete()
            mentioning.note(one)
            different.add(one.get_absolute_url())
    return different


def _values(row, without: Collection[str] = ("id",)) -> tuple:
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in without)


def _snapshot(rows) -> dict[str, tuple]:
    names = rows.prefetch_related("names")
    return {one.get_absolute_url(): (*_values(one), *(name.name for name in one.names.all())) for one in names}


def _refresh(numbers: list[int]) -> None:
    rows = list(PublishedFollowUp.objects.filter(register_number__in=numbers).order_by("pk"))
    said: dict[int, list[FollowUpMention]] = defaultdict(list)
    shown = FollowUpMention.objects.filter(register_number__in=numbers, publication__in=Publication.objects.newest())
    near = shown.select_related("publication__document").defer(*(f"publication__{name}" for name in LARGE))
    for mention in near.order_by("publication__meeting_on", "publication", "order"):
        said[mention.register_number].append(mention)
    last = dict(FollowUpMention.objects.filter(register_number__in=numbers).order_by("publication")
                .values_list("register_number", "publication"))  # fmt: skip
    statuses = standing.statuses(said, {row.register_number: (row.status, row.status_since) for row in rows})
    days = _published_days({row.board_slug for row in rows})
    for row in rows:
        mentions = said.get(row.register_number)
        _blank(row, last.get(row.register_number) or row.publication_id)
        if mentions:
            _fill(row, mentions, days[row.board_slug])
            row.status, row.status_since = statuses[row.register_number]
    PublishedFollowUp.objects.bulk_update(rows, MADE)
    ResponsibleName.objects.filter(follow_up__in=rows).delete()
    ResponsibleName.objects.bulk_create(
        [ResponsibleName(follow_up=row, name=name) for row in rows if row.is_shown for name in row.responsible]
    )


def _blank(row: PublishedFollowUp, publication: int) -> None:
    for name in MADE:
        field = PublishedFollowUp._meta.get_field(name)
        if name != "publication":
            setattr(row, name, field.get_default() if field.has_default() or not field.null else None)
    row.publication_id = publication


def _fill(row: PublishedFollowUp, mentions: list[FollowUpMention], days: list[date]) -> None:
    """The promise is told as the minutes that made it do; where those are not public, as the first report does."""
    promise = next((one for one in mentions if one.kind == one.Kind.PROMISE), None)
    source = promise or mentions[0]
    row.is_shown, row.is_source_published, row.publication_id = True, bool(promise), source.publication_id
    row.board_name, row.language, row.anchor = source.publication.board_name, source.language, source.anchor
    row.label, row.title = source.label, source.title
    same = [one.text for one in mentions if (one.publication_id, one.kind) == (source.publication_id, source.kind)]
    row.text = "\n".join(dict.fromkeys(same))
    row.promised_on = source.publication.meeting_on if promise else None
    row.responsible = next((one.responsible for one in reversed(mentions) if one.responsible), [])
    _fill_due(row, mentions, days)
    if report := next((one for one in reversed(mentions) if one.kind == one.Kind.REPORT and one.said), None):
        row.report, row.report_meeting = report.said, report.meeting_name
        row.reported_on = report.publication.meeting_on
    words = [row.board_name, row.label, row.title, row.text, *row.responsible]
    row.found_by = "\n".join(filter(None, words)).casefold()


def _fill_due(row: PublishedFollowUp, mentions: list[FollowUpMention], days: list[date]) -> None:
    """The due time said last; moved as often as one was said that means another time."""
    said = []
    for one in mentions:
        if one.due_kind:
            due = (one.due_kind, *_day(one, days), one.due_words)
            said += [due] if due not in said[-1:] else []
    if said:
        row.due_kind, row.due_on, row.due_by, row.due_words = said[-1]
        row.times_moved = len(said) - 1


def _day(mention: FollowUpMention, days: list[date]) -> tuple[date | None, date | None]:
    """The day that is meant and the last one on which it is in time; the next meeting is the next that is published."""
    day = mention.due_on
    if mention.due_kind == DueKind.MONTH:
        return day, day.replace(day=monthrange(day.year, day.month)[1])
    if mention.due_kind == DueKind.MEETING:
        day = next((one for one in days if one > mention.publication.meeting_on), None)
    return day, day


def _published_days(boards: Collection[str]) -> dict[str, list[date]]:
    """The days of each board's published meetings, in order."""
    found: dict[str, list[date]] = defaultdict(list)
    live = Publication.objects.live().filter(board_slug__in=boards).order_by("meeting_on")
    for board, day in live.values_list("board_slug", "meeting_on").distinct():
        found[board].append(day)
    return found
