"""The desk of someone signed in: for each board the meeting that counts now, how far it has come, and the one next thing to do."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board
from boards.roles import may, roles_of
from followups.models import CLOSED, Action, FollowUp
from meetings.models import Meeting
from minutes.models import Answer, Minutes, Remark, ReviewRound
from publishing.models import Publication

SHOWN = 5
CALLED = frozenset({Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.CLOSED})
HELD = frozenset({Meeting.State.HELD, Meeting.State.CLOSED})
ISSUED = frozenset({Minutes.State.FINAL, Minutes.State.APPROVED})


@dataclass
class Step:
    """One stop on the step line: its word, what stands below it, and whether it is passed or next."""

    word: str
    detail: str = ""
    is_done: bool = False
    is_current: bool = False


@dataclass
class Card:
    """A board on the desk."""

    board: Board
    meeting: Meeting | None = None
    next: Meeting | None = None
    steps: list[Step] = field(default_factory=list)
    sentence: str = ""
    action: tuple[str, str] | None = None


@dataclass
class Desk:
    """Everything the desk shows."""

    cards: list[Card]
    settles_remarks: bool
    remarks: list[Remark]
    remark_count: int
    drafts: list[Answer]
    actions: list[Action]


def desk(user, today: date) -> Desk:
    """What the user should see of every board, in the same number of queries for one board and for thirty."""
    boards = [board for board in _boards(user, today) if roles_of(user, board, today)]
    facts = _Facts(boards, user)
    cards = sorted((_card(board, facts, user, today) for board in boards), key=_urgency)
    remarks = _remarks(boards, user)
    settles = any(may(user, "minutes.settle_remarks", board) for board in boards)
    return Desk(cards, settles, remarks[:SHOWN], len(remarks), _drafts(user), _actions(boards, user))


def _boards(user, today: date):
    """Each board with the keys of its newest meeting until today and of its next one."""
    standing = Meeting.objects.filter(board=OuterRef("pk")).exclude(
        state__in=[Meeting.State.CANCELLED, Meeting.State.POSTPONED]
    )
    last = standing.filter(first_day__lte=today).order_by("-first_day", "-pk")
    coming = standing.filter(first_day__gt=today).order_by("first_day", "pk")
    return Board.objects.visible_to(user, today).annotate(
        last_meeting=Subquery(last.values("pk")[:1]), next_meeting=Subquery(coming.values("pk")[:1])
    )


class _Facts:
    """What is known of the meetings that the cards may show."""

    def __init__(self, boards: list[Board], user):
        keys = [key for board in boards for key in (board.last_meeting, board.next_meeting) if key]
        meetings = Meeting.objects.filter(pk__in=keys).select_related("board", "minutes")
        cases = Count("agenda_rows", filter=Q(agenda_rows__kind="case"))
        self.meetings = {meeting.pk: meeting for meeting in meetings.annotate(case_count=cases)}
        rounds = ReviewRound.objects.filter(minutes__meeting__in=keys, is_open=True).select_related("minutes")
        waiting = Count("remarks", filter=Q(remarks__status=Remark.Status.RECEIVED))
        self.rounds = {one.minutes.meeting_id: one for one in rounds.annotate(waiting=waiting)}
        live = Publication.objects.live().filter(document__meeting__in=keys, kind="minutes")
        self.published = dict(live.values_list("document__meeting", "published_at"))
        mine = Answer.objects.filter(round__in=rounds, person__user=user, answered_at__isnull=True)
        self.asked = set(mine.values_list("round__minutes__meeting", flat=True))


def _minutes(meeting: Meeting) -> Minutes | None:
    return getattr(meeting, "minutes", None)


def _card(board: Board, facts: _Facts, user, today: date) -> Card:
    last, coming = facts.meetings.get(board.last_meeting), facts.meetings.get(board.next_meeting)
    unfinished = last is not None and (_minutes(last) is None or _minutes(last).state not in ISSUED)
    chosen = last if unfinished or coming is None else coming
    card = Card(board, chosen, coming if chosen is not coming else None)
    if chosen is None:
        card.sentence = _("No meeting is planned.")
        if may(user, "meetings.edit", board):
            card.action = (_("Plan a meeting"), reverse("meetings:create", args=[board.slug]))
        return card
    writes = may(user, "minutes.write", board)
    card.steps = _steps(chosen, facts, may(user, "meetings.read_plan", board))
    card.sentence, card.action = (_to_do if writes else _to_read)(chosen, facts, today)
    return card


def _urgency(card: Card) -> tuple[bool, date]:
    """The earliest meeting first, boards without one last."""
    return card.meeting is None, card.meeting.first_day if card.meeting else date.max


def _steps(meeting: Meeting, facts: _Facts, sees_plan: bool) -> list[Step]:
    minutes, opened = _minutes(meeting), facts.rounds.get(meeting.pk)
    state = minutes.state if minutes else ""
    called = meeting.call_is_sent or meeting.state in CALLED
    cases = ngettext("%(number)s case", "%(number)s cases", meeting.case_count) % {"number": meeting.case_count}
    published = facts.published.get(meeting.pk)
    steps = [
        Step(_("Agenda"), cases if called or sees_plan else "", called),
        Step(_("Call"), _on(meeting.numbers_fixed_at), called),
        Step(_("Meeting"), _on(meeting.first_day), meeting.state in HELD or state != ""),
        Step(_("Minutes"), "", state not in ("", Minutes.State.DRAFT)),
        Step(_("Remarks"), _on(opened.deadline) if opened else "", state in ISSUED),
        Step(_("Final"), _on(minutes.final_on) if minutes else "", state in ISSUED),
        Step(_("Approved"), _on(minutes.approved_on) if minutes else "", state == Minutes.State.APPROVED),
        Step(_("Published"), _on(published), published is not None),
    ]
    current = next((step for step in steps if not step.is_done), None)
    if current:
        current.is_current = True
    return steps


def _to_do(meeting: Meeting, facts: _Facts, today: date) -> tuple[str, tuple[str, str] | None]:
    """The sentence and the next act for whoever writes."""
    minutes = _minutes(meeting)
    if minutes is None:
        return _before_minutes(meeting, today)
    if minutes.state == Minutes.State.DRAFT:
        return _("The minutes are being written."), (_("Write the minutes"), _at("minutes:minutes", meeting))
    if minutes.state == Minutes.State.IN_REVIEW:
        return _in_review(meeting, facts.rounds.get(meeting.pk), today)
    if meeting.pk not in facts.published:
        return _("The minutes are final and not published."), (
            _("Publish the minutes"),
            _at("publishing:documents", meeting),
        )
    if minutes.state == Minutes.State.APPROVED:
        return _("Approved and published."), (_("See the documents"), _at("publishing:documents", meeting))
    if (minutes.approval_how or meeting.board.approval) in ("", Board.Approval.NEXT_MEETING):
        words = _("The minutes are approved at the next meeting.")
        return words, (_("See the documents"), _at("publishing:documents", meeting))
    return _("The minutes are not approved yet."), (_("Approve the minutes"), _at("publishing:approve", meeting))


def _before_minutes(meeting: Meeting, today: date) -> tuple[str, tuple[str, str]]:
    if not (meeting.call_is_sent or meeting.state in CALLED):
        if not meeting.case_count:
            return _("The agenda has no cases yet."), (_("Prepare the agenda"), _at("meetings:agenda", meeting))
        return _("The call has not been sent."), (_("Send the call"), _at("publishing:send-call", meeting))
    if meeting.state == Meeting.State.CALLED and meeting.first_day > today:
        return _("The call has been sent."), (_("Go to the meeting"), _at("meetings:meeting", meeting))
    return _("The minutes have not been started."), (_("Start the minutes"), _at("meetings:meeting", meeting))


def _in_review(meeting: Meeting, opened: ReviewRound | None, today: date) -> tuple[str, tuple[str, str]]:
    if opened and opened.waiting:
        told = ngettext("%(number)s remark waits.", "%(number)s remarks wait.", opened.waiting) % {
            "number": opened.waiting
        }
        return told, (_("Settle the remarks"), _at("minutes:remarks", meeting))
    if opened and opened.deadline and opened.deadline >= today:
        told = _("Out for remarks until %(date)s.") % {"date": _on(opened.deadline)}
        return told, (_("See the remarks"), _at("minutes:remarks", meeting))
    return _("The deadline for remarks has passed."), (_("Finalise the minutes"), _at("publishing:finalise", meeting))


def _to_read(meeting: Meeting, facts: _Facts, today: date) -> tuple[str, tuple[str, str] | None]:
    """The sentence and the next thing for whoever reads and answers."""
    minutes = _minutes(meeting)
    if minutes and minutes.state in ISSUED:
        return _("The minutes are final."), (_("Read the minutes"), _at("publishing:documents", meeting))
    if meeting.pk in facts.asked:
        opened = facts.rounds[meeting.pk]
        told = _("The draft waits for your answer until %(date)s.") % {"date": _on(opened.deadline)}
        return told, (_("Read the draft"), _at("minutes:review", meeting))
    if not (meeting.call_is_sent or meeting.state in CALLED):
        return _("The call has not been sent."), None
    if minutes is None and meeting.first_day >= today:
        return _("You are called to the meeting."), (_("Read the agenda"), _at("meetings:meeting", meeting))
    return _("The minutes are being written."), (_("Go to the meeting"), _at("meetings:meeting", meeting))


def _remarks(boards: list[Board], user) -> list[Remark]:
    """Remarks that nobody has settled, for whoever settles them, oldest first."""
    mine = [board.pk for board in boards if may(user, "minutes.settle_remarks", board)]
    waiting = Remark.objects.filter(status=Remark.Status.RECEIVED, round__minutes__meeting__board__in=mine)
    waiting = waiting.exclude(round__minutes__state__in=ISSUED)
    return list(waiting.select_related("round__minutes__meeting__board").order_by("received_on", "pk"))


def _drafts(user) -> list[Answer]:
    """Drafts that wait for the user's own answer."""
    asked = Answer.objects.filter(person__user=user, answered_at__isnull=True, round__is_open=True)
    asked = asked.filter(round__minutes__in=Minutes.objects.visible_to(user))
    return list(asked.select_related("round__minutes__meeting__board").order_by("round__deadline", "pk"))


def _actions(boards: list[Board], user) -> list[Action]:
    """Open actions by due date: every one of the boards the user keeps, the user's own on the others."""
    kept = [board.pk for board in boards if may(user, "followups.edit", board)]
    others = [board.pk for board in boards if board.pk not in kept and may(user, "followups.read", board)]
    promised = FollowUp.objects.visible_to(user).promised().open()
    mine = Q(follow_up__board__in=kept) | Q(follow_up__board__in=others, owners__person__user=user)
    found = Action.objects.filter(mine, follow_up__in=promised, due_on__isnull=False).exclude(state__in=CLOSED)
    open_ones = found.select_related("follow_up__board").distinct()
    return list(open_ones.order_by("due_on", "pk")[:SHOWN])


def _on(day) -> str:
    return date_format(day, "j. F") if day else ""


def _at(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.board.slug, meeting.slug])
