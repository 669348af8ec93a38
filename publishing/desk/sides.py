"""What waits beside the cards: remarks on minutes, drafts to answer, follow-ups that are due."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigAutoField, Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from boardroom.lib.prepared import among, prepared
from boards.models import Board
from boards.roles import may
from followups.models import CLOSED, Action, Report, Responsible, Status
from followups.rules import readable
from minutes.models import Answer, Block, Minutes, Remark
from publishing.desk.known import ISSUED
from publishing.desk.words import LATE, level_of, meeting_name, moment, on, short_name

SHOWN_REMARKS, SHOWN_ACTIONS = 3, 5


@dataclass(frozen=True)
class Waiting:
    """A remark that nobody has settled."""

    title: str
    url: str
    text: str
    sender: str
    when: str


@dataclass
class Remarks:
    """The oldest remarks, how many there are, and where all of them are: (words, address)."""

    shown: list[Waiting] = field(default_factory=list)
    total: int = 0
    everywhere: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Due:
    """A follow-up with a date."""

    text: str
    url: str
    when: str
    level: str
    who: str


@dataclass
class FollowUps:
    """The nearest follow-ups, what is said of their dates, how many there are, and the address of the register."""

    shown: list[Due]
    late: str
    coming: str
    coming_level: str
    total: int
    url: str

    @property
    def all_url(self) -> str:
        return f"{self.url}?status=all-open&due=dated&sort=due"


def remarks_of(boards: list[Board], today: date) -> Remarks:
    """Of the boards where the user settles them, the oldest first."""
    keys = [board.pk for board in boards]
    counts = _counts(boards=keys)
    shown = [_waiting(remark, today) for remark in _oldest(boards=keys)] if counts else []
    total = sum(found[-1] for found in counts)
    everywhere = [] if total <= len(shown) else [_all_of(*found, alone=len(counts) == 1) for found in counts]
    return Remarks(shown, total, everywhere)


def _unsettled(boards) -> QuerySet[Remark]:
    waiting = Remark.objects.filter(among("round__minutes__meeting__board", boards), status=Remark.Status.RECEIVED)
    return waiting.exclude(round__minutes__state__in=ISSUED)


@prepared(boards=[BigAutoField()])
def _oldest(boards):
    with_place = _unsettled(boards).select_related("round__minutes__meeting__board", "block__item", "item")
    return with_place.order_by("received_on", "pk")[:SHOWN_REMARKS]


@prepared(boards=[BigAutoField()])
def _counts(boards):
    meeting = "round__minutes__meeting__"
    names = [meeting + name for name in ("board__slug", "board__short_name", "board__name", "slug", "sequence")]
    counted = _unsettled(boards).values_list(*names).annotate(number=Count("pk"))
    return counted.order_by("round__minutes__meeting__first_day")


def _all_of(board_slug, short, name, slug, sequence, number, *, alone: bool) -> tuple[str, str]:
    url = reverse("minutes:remarks", args=[board_slug, slug])
    if alone:
        return _("Show all %(number)s") % {"number": number}, url
    told = {"number": number, "board": short or name, "meeting": sequence or ""}
    return _("Show %(number)s of %(board)s %(meeting)s") % told, url


def _waiting(remark: Remark, today: date) -> Waiting:
    minutes, item = remark.round.minutes, remark.block.item if remark.block else remark.item
    url = reverse("minutes:remarks", args=[minutes.meeting.board.slug, minutes.meeting.slug])
    if item:
        item.minutes = minutes
        url = remark.block.get_absolute_url() if remark.block else item.get_absolute_url()
    place = remark.label or f"{short_name(minutes.meeting.board)}, {meeting_name(minutes.meeting)}"
    words = {
        Block.Type.TEXT: pgettext("place of a remark", "the text"),
        Block.Type.DECISION: pgettext("place of a remark", "the decision"),
        Block.Type.FOLLOW_UP: pgettext("place of a remark", "the follow-up"),
    }
    word = words.get(remark.block.type) if remark.block else None
    title = f"{place}, {word}" if word else place
    when = moment(remark.received_at, remark.received_on, today)
    return Waiting(title, url, remark.text, remark.sender, when)


def drafts_of(user, today: date) -> list[Answer]:
    """Drafts that wait for the user's own answer."""
    return _drafts(user=user.pk, today=today)


@prepared(user=BigAutoField(), today=DateField())
def _drafts(user, today):
    asked = Answer.objects.filter(person__user=user, answered_at__isnull=True, round__is_open=True)
    asked = asked.filter(round__minutes__in=Minutes.objects.visible_to(user, today))
    return asked.select_related("round__minutes__meeting__board").order_by(
        F("round__deadline").asc(nulls_last=True), "pk"
    )


def actions_of(boards: list[Board], user, today: date) -> dict:
    """Which open actions the desk shows, for `counts_of` and `follow_ups_of`: every one of the boards the user keeps, the
    user's own on the others."""
    kept = [board.pk for board in boards if may(user, "followups.edit", board)]
    others = [board.pk for board in boards if board.pk not in kept and may(user, "followups.read", board)]
    return {"user": user.pk, "today": today, "kept": kept or [0], "others": others or [0]}


def _actions(user, today, kept, others) -> QuerySet[Action]:
    """With `due`, their day or that of the meeting they are due in."""
    own = Responsible.objects.filter(person__user=user).values("action")
    mine = among("follow_up__board", kept) | (among("follow_up__board", others) & Q(pk__in=own))
    known = readable(user, today).open()
    dated = Action.objects.annotate(due=Coalesce("due_on", "due_meeting__first_day")).filter(due__isnull=False)
    return dated.filter(mine, follow_up__in=known).exclude(state__in=CLOSED)


ACTIONS = {
    "user": BigAutoField(),
    "today": DateField(),
    "kept": [BigAutoField()],
    "others": [BigAutoField()],
}


@prepared(**ACTIONS)
def _due_days(user, today, kept, others):
    days = _actions(user, today, kept, others).values_list("due", "follow_up__board__slug")
    return days.annotate(number=Count("pk")).order_by("due", "follow_up__board__slug")


@prepared(**ACTIONS)
def _nearest(user, today, kept, others):
    said = Report.objects.filter(follow_up=OuterRef("follow_up"), is_left_out=False, meeting__minutes__state__in=ISSUED)
    listed = _actions(user, today, kept, others).annotate(is_reported=Exists(said.exclude(resolution="")))
    return listed.select_related("follow_up__board").order_by("due", "pk")[:SHOWN_ACTIONS]


def counts_of(actions: dict) -> list[tuple[date, str, int]]:
    """(day, board's address, how many are due), in order of the days."""
    return _due_days(**actions)


def follow_ups_of(actions: dict, counts: list, boards: list[Board], today: date) -> FollowUps:
    """Past due first, then by date."""
    shown = _nearest(**actions) if counts else []
    past = sum(number for day, _board, number in counts if day < today)
    first = next((day for day, _board, _number in counts if day >= today), None)
    url = reverse("followups:register", args=[boards[0].slug]) if len(boards) == 1 else reverse("followups")
    late = ngettext("%(number)s past due", "%(number)s past due", past) % {"number": past} if past else ""
    coming = ""
    if first:
        number = sum(number for day, _board, number in counts if day == first)
        told = {"number": number, "date": on(first)}
        coming = ngettext("%(number)s due %(date)s", "%(number)s due %(date)s", number) % told
    total = sum(number for _day, _board, number in counts)
    return FollowUps([_due(action, today) for action in shown], late, coming, level_of(first, today), total, url)


def _due(action: Action, today: date) -> Due:
    level = level_of(action.due, today)
    day = on(action.due) if action.due.year == today.year else f"{on(action.due)} {action.due.year}"
    words = _("Past due %(date)s.") if level == LATE else _("Due %(date)s.")
    state = action.get_state_display().lower() if action.state != Status.OPEN else ""
    report = state or (_("reported on") if action.is_reported else _("no report"))
    who = ", ".join([*action.responsible, report])
    return Due(action.text, action.follow_up.get_absolute_url(), words % {"date": day}, level, who)
