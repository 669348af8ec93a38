"""What the public may read: publications and the index of their cases, never the live tables (the wall of house.md 2)."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.db.models.fields.json import KeyTextTransform

from boards.models import Board
from publishing.models import Document, Publication, PublishedCase
from publishing.printing.exempting import is_personal

MINUTES, AGENDA, CALL = Document.Kind.MINUTES, Document.Kind.AGENDA, Document.Kind.CALL
KINDS = (MINUTES, AGENDA, CALL)
LATEST = 8
_LARGE = ("page_html", "document__content", "document__public_content")
LANGUAGE = KeyTextTransform("language", "document__content")


@dataclass
class PublicMeeting:
    """A meeting as far as it is published: the newest publication of each kind, and what was taken back."""

    board_slug: str
    meeting_slug: str
    live: dict[str, Publication] = field(default_factory=dict)
    withdrawn: list[Publication] = field(default_factory=list)

    @property
    def main(self) -> Publication | None:
        """Minutes before agenda before call."""
        return next((self.live[kind] for kind in KINDS if kind in self.live), None)

    @property
    def withdrawn_kinds(self) -> list[Publication]:
        """The last withdrawal of each kind that has nothing else to show."""
        last = {one.kind: one for one in sorted(self.withdrawn, key=lambda one: (one.version, one.pk))}
        return [one for kind, one in last.items() if kind not in self.live]


@dataclass
class PublicBoard:
    """A board that has published something: its name as last printed, next meeting and last minutes."""

    slug: str
    name: str
    next: Publication | None = None
    last: Publication | None = None


def light() -> QuerySet[Publication]:
    """The newest publication of every document, without its large texts; with its language, by which it is read aloud."""
    return Publication.objects.newest().select_related("document").defer(*_LARGE).annotate(language=LANGUAGE)


def latest_minutes() -> list[Publication]:
    """The minutes published last, with the titles of their cases."""
    cases = Prefetch("cases", to_attr="listed")
    return list(light().filter(kind=MINUTES).order_by("-published_at", "-pk").prefetch_related(cases)[:LATEST])


def coming_meetings(today: date, board: str | None = None) -> list[Publication]:
    """The published meetings from today on, each once: by its agenda where it has one, else by its call."""
    found = light().filter(kind__in=[AGENDA, CALL], meeting_on__gte=today)
    if board:
        found = found.filter(board_slug=board)
    by_meeting: dict[tuple[str, str], Publication] = {}
    for one in found.order_by("meeting_on", "kind", "pk"):
        by_meeting.setdefault((one.board_slug, one.meeting_slug), one)
    return list(by_meeting.values())


def boards(today: date) -> list[PublicBoard]:
    """Every board with something published, by name."""
    found: dict[str, PublicBoard] = {}
    for one in light().order_by("published_at", "pk"):
        board = found.setdefault(one.board_slug, PublicBoard(one.board_slug, one.board_name))
        board.name = one.board_name
        if one.kind == MINUTES and (board.last is None or one.meeting_on >= board.last.meeting_on):
            board.last = one
        if (
            one.kind != MINUTES
            and one.meeting_on >= today
            and (board.next is None or one.meeting_on <= board.next.meeting_on)
        ):
            board.next = one
    return sorted(found.values(), key=lambda board: board.name.casefold())


def board_name(slug: str) -> str | None:
    """The name as printed on what was published last; None for a board the public does not know."""
    return Publication.objects.live().filter(board_slug=slug).values_list("board_name", flat=True).first()


def years(board: str) -> list[int]:
    """The years the board has published meetings of, newest first."""
    days = Publication.objects.live().filter(board_slug=board).dates("meeting_on", "year", order="DESC")
    return [day.year for day in days]


def meetings_in(board: str, year: int) -> list[PublicMeeting]:
    """The board's published meetings of the year, newest first."""
    found: dict[str, PublicMeeting] = {}
    for one in light().filter(board_slug=board, meeting_on__year=year).order_by("-meeting_on", "-pk"):
        meeting = found.setdefault(one.meeting_slug, PublicMeeting(board, one.meeting_slug))
        meeting.live[one.kind] = one
    return list(found.values())


def meeting(board: str, slug: str) -> PublicMeeting | None:
    """What the public may know of the meeting; None where nothing of it was ever published."""
    found = PublicMeeting(board, slug)
    every = Publication.objects.filter(board_slug=board, meeting_slug=slug).select_related("document")
    every = every.defer("document__content", "document__public_content").annotate(language=LANGUAGE)
    for one in every.order_by("version", "pk"):
        if one.withdrawn_at is None:
            found.live[one.kind] = one
        else:
            found.withdrawn.append(one)
    return found if found.live or found.withdrawn else None


def versions(board: str, slug: str, kind: str) -> list[Publication]:
    """Every version of the document that can be read, newest first."""
    found = Publication.objects.live().filter(board_slug=board, meeting_slug=slug, kind=kind)
    return list(found.select_related("document").defer(*_LARGE).order_by("-version"))


def neighbours(of: Publication) -> tuple[Publication | None, Publication | None]:
    """The published meetings of the same board right before and right after this one."""
    others = light().filter(board_slug=of.board_slug).exclude(meeting_slug=of.meeting_slug)
    before = others.filter(meeting_on__lte=of.meeting_on).order_by("-meeting_on", "-kind", "-pk").first()
    after = others.filter(meeting_on__gt=of.meeting_on).order_by("meeting_on", "-kind", "pk").first()
    return before, after


def treatments(board: str, slug: str) -> list[PublishedCase]:
    """Where the case is treated in published documents, oldest first: minutes, and agendas of meetings without them."""
    found = PublishedCase.objects.filter(
        slug=slug, publication__in=Publication.objects.newest().filter(board_slug=board)
    )
    listed = (
        found.select_related("publication__document")
        .defer(*(f"publication__{name}" for name in _LARGE))
        .annotate(language=KeyTextTransform("language", "publication__document__content"))
    )
    ranked = sorted(
        listed, key=lambda case: (case.publication.meeting_on, KINDS.index(case.publication.kind), case.order)
    )
    shown: dict[tuple[str, int], str] = {}
    return [
        case
        for case in ranked
        if shown.setdefault(case.publication.meeting_slug, case.publication.kind) == case.publication.kind
    ]


def contacts(board: str) -> list[tuple[str, str]]:
    """Role and role address of the board's contacts; addresses made of a person's name are left out (GP-11)."""
    known = Board.objects.filter(slug=board).prefetch_related("contacts").first()
    if known is None:
        return []
    shown = [
        (one.role or known.name, one.email) for one in known.contacts.all() if not is_personal(one.email, one.name)
    ]
    return [(role, email) for role, email in shown if "@" in email]


def robots_allowed(board: str) -> bool:
    """Whether the board lets search engines keep its minutes; unless it says so, they may not (P19)."""
    return Board.objects.filter(slug=board, robots_allowed=True).exists()


def criterion(board: str) -> str:
    """What is published, and by which decision, in the words of the last publication (P17)."""
    found = Publication.objects.live().filter(board_slug=board).exclude(criterion="")
    return found.values_list("criterion", flat=True).first() or ""
