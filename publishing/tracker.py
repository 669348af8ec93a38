"""The public tracker as it is read: its own rows and publications, never the live tables (docs/decisions/0012)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board
from publishing.models import DueKind, FollowUpMention, Publication, PublishedFollowUp

State = PublishedFollowUp.State
LIVE = (State.OPEN, State.IN_PROGRESS, State.WAITING)
BOARDS, SOON, SHORT = 30, 14, 160
BAR, GAP = 900, 5
COLORS = {State.IN_PROGRESS: "info", State.WAITING: "warning", State.DONE: "success"}
_LARGE = ("page_html", "document__content", "document__public_content", "document__places")


@dataclass(frozen=True)
class Line:
    """A follow-up as a list and its own page show it on a day."""

    row: PublishedFollowUp
    today: date

    @property
    def color(self) -> str:
        return COLORS.get(self.row.status, "neutral")

    @property
    def due(self) -> str:
        """In words of the reader's language; "" where no published minutes say a time."""
        return due_words(self.row, self.row.due_by)

    @property
    def days_left(self) -> int | None:
        """Until the last day on which it is in time, negative after it; None where it is closed or has no such day."""
        return None if self.row.is_closed or self.row.due_by is None else (self.row.due_by - self.today).days

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def time_left(self) -> str:
        """Said only where it is soon or too late."""
        days = self.days_left
        if days is None or days > SOON:
            return ""
        if days < 0:
            return ngettext("Passed by %(n)s day", "Passed by %(n)s days", -days) % {"n": -days}
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("Due today")

    @property
    def reported(self) -> str:
        """The newest published report in short; "" where there is none."""
        return Truncator(" ".join(self.row.report.split())).chars(SHORT)

    @property
    def reported_in(self) -> str:
        """The meeting of the report as it stands inside a sentence: «møte 41/2026»."""
        return self.row.report_meeting[:1].lower() + self.row.report_meeting[1:]


@dataclass(frozen=True)
class BoardCount:
    """How many of a board's published follow-ups stand how; `bars` are (status, left edge, width) of a bar BAR wide."""

    slug: str
    name: str
    counts: dict[str, int]
    bars: list[tuple[str, int, int]]


def due_words(said: PublishedFollowUp | FollowUpMention, next_meeting: date | None = None) -> str:
    """The due time in the reader's language, or in the document's own words; "" where there is none."""
    if said.due_kind == DueKind.DAY:
        return date_format(said.due_on, "DATE_FORMAT")
    if said.due_kind == DueKind.MONTH:
        return date_format(said.due_on, "F Y")
    if said.due_kind == DueKind.MEETING:
        day = next_meeting and date_format(next_meeting, "DATE_FORMAT")
        return _("The next meeting, %(day)s") % {"day": day} if day else _("The next meeting")
    return said.due_words


def shown(board: str = "") -> QuerySet[PublishedFollowUp]:
    """Every follow-up that published minutes speak of."""
    rows = PublishedFollowUp.objects.filter(is_shown=True)
    return rows.filter(board_slug=board) if board else rows


def counts(rows: QuerySet[PublishedFollowUp], today: date) -> dict:
    """How many stand how, how many are overdue, and the year the first was promised in. One query."""
    each = {state.name.lower(): Count("pk", filter=Q(status=state)) for state in State}
    late = Count("pk", filter=overdue(today))
    return rows.aggregate(**each, overdue=late, first=Min("promised_on"))


def overdue(today: date) -> Q:
    return Q(status__in=LIVE, due_by__lt=today)


def by_board(rows: QuerySet[PublishedFollowUp]) -> list[BoardCount]:
    """The boards with most that is not done first. One query."""
    each = {state.name.lower(): Count("pk", filter=Q(status=state)) for state in State}
    found = list(rows.order_by().values("board_slug").annotate(**each))
    names = dict(rows.order_by("promised_on", "pk").values_list("board_slug", "board_name"))
    widest = max((sum(one[state.name.lower()] for state in (*LIVE, State.DONE)) for one in found), default=1) or 1
    made = [_board_count(one, names[one["board_slug"]], widest) for one in found]
    left = {one.slug: sum(one.counts[state.name.lower()] for state in LIVE) for one in made}
    return sorted(made, key=lambda one: (-left[one.slug], -one.counts["done"], one.name.casefold()))


def _board_count(one: dict, name: str, widest: int) -> BoardCount:
    bars, edge = [], 0
    for state in (*LIVE, State.DONE):
        width = BAR * one[state.name.lower()] // widest
        if width:
            bars.append((str(state), edge, max(width - GAP, GAP)))
        edge += width
    return BoardCount(one["board_slug"], name, {key: one[key] for key in one if key != "board_slug"}, bars)


def find(board: str, case: str, number: int) -> PublishedFollowUp | None:
    """The follow-up at this address, with where it was promised; None where there never was one."""
    found = PublishedFollowUp.objects.filter(board_slug=board, case=case, number=number)
    near = found.select_related("publication__document").defer(*(f"publication__{name}" for name in _LARGE))
    return near.first()


def history(row: PublishedFollowUp) -> list[FollowUpMention]:
    """What published minutes say of it, newest meeting first."""
    told = FollowUpMention.objects.filter(
        register_number=row.register_number, publication__in=Publication.objects.newest()
    )
    near = told.select_related("publication__document").defer(*(f"publication__{name}" for name in _LARGE))
    return list(near.order_by("-publication__meeting_on", "-publication", "-order"))


def of_case(board: str, case: str) -> list[PublishedFollowUp]:
    """What was promised in the case, in the order it was promised."""
    return list(shown(board).filter(case=case).order_by("number"))


def beside(publication: Publication, today: date) -> dict[int, list[Line]]:
    """How each follow-up stands that the published document speaks of, by the block of its page. Two queries."""
    told = list(publication.mentions.values_list("block", "register_number"))
    rows = {row.register_number: row for row in shown().filter(register_number__in={number for _block, number in told})}
    found: dict[int, list[Line]] = {}
    for block, number in told:
        if number in rows:
            found.setdefault(block, []).append(Line(rows[number], today))
    return found


def may_be_kept(boards: set[str]) -> bool:
    """Whether search engines may keep a page about these boards: unless one of them does not let them (P19)."""
    return Board.objects.filter(slug__in=boards, robots_allowed=True).count() == len(boards)
