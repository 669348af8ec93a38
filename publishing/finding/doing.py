"""Pages and acts that the user may open here and now, as the command box offers them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.matching import begins
from boards.models import Board
from boards.roles import acts_of, may
from meetings.models import Meeting
from meetings.rules import CALLED, has_been_called, may_read_agenda
from minutes.models import Minutes
from minutes.rules import may_read
from publishing.finding.asking import Asked
from publishing.finding.hits import Hit, hit, told

AT_MOST = 8
FEW, FEW_HERE = 1, 5
SPAN = timedelta(days=400)
State, Written = Meeting.State, Minutes.State
TO_COME = frozenset({State.TENTATIVE, State.PLANNED})
IN_WORK = frozenset({Written.DRAFT, Written.IN_REVIEW})
ISSUED = frozenset({Written.FINAL, Written.APPROVED})

# (act of the role table or None, address, words)
EVERYWHERE = (
    (None, "home", _("Desk")),
    (None, "meetings:meetings", _("Meetings")),
    (None, "cases:cases", _("Cases")),
    (None, "followups", _("My follow-ups")),
    (None, "meetings:calendar", _("Calendar")),
    (None, "boards:boards", _("Boards")),
    ("boards.create", "boards:create", _("New board")),
    ("jobs.read", "publishing:jobs", _("Work behind the pages")),
)
ON_A_BOARD = (
    ("meetings.edit", "meetings:create", _("New meeting")),
    ("cases.edit", "cases:create", _("New case in the queue")),
    ("followups.read", "followups:register", _("Register of follow-ups")),
    ("followups.edit", "followups:plan", _("Follow-ups at the next meeting")),
    ("documents.read", "minutes:decisions", _("Decisions")),
    ("meetings.read", "meetings:board-meetings", _("Meetings of the board")),
    ("meetings.read", "cases:board-cases", _("Cases of the board")),
    ("boards.read", "boards:people", _("People of the board")),
    ("boards.edit", "boards:edit", _("Settings of the board")),
    ("boards.edit", "meetings:annual-plan", _("Annual plan")),
)
# (act, address, words, when: of the meeting and its minutes)
ON_A_MEETING = (
    ("meetings.send_call", "publishing:send-call", _("Send the call for meeting %(meeting)s"),
        lambda meeting, minutes: meeting.state == State.PLANNED),
    ("minutes.write", "minutes:minutes", _("Start meeting %(meeting)s"),
        lambda meeting, minutes: meeting.state == State.CALLED and minutes is None),
    ("minutes.write", "minutes:minutes", _("Write the minutes of meeting %(meeting)s"),
        lambda meeting, minutes: minutes.is_writable if minutes else meeting.state in {State.HELD, State.CLOSED}),
    ("meetings.edit", "meetings:agenda", _("Prepare the agenda of meeting %(meeting)s"),
        lambda meeting, minutes: meeting.state in TO_COME),
    ("minutes.settle_remarks", "minutes:remarks", _("Settle the remarks to the minutes of meeting %(meeting)s"),
        lambda meeting, minutes: minutes and minutes.state == Written.IN_REVIEW),
    ("minutes.send_for_review", "publishing:send-for-review", _("Send the minutes of meeting %(meeting)s for remarks"),
        lambda meeting, minutes: minutes and minutes.state == Written.DRAFT),
    ("minutes.finalise", "publishing:finalise", _("Finalise the minutes of meeting %(meeting)s"),
        lambda meeting, minutes: minutes and minutes.state in IN_WORK),
    ("minutes.approve", "publishing:approval", _("Approve the minutes of meeting %(meeting)s"),
        lambda meeting, minutes: minutes and minutes.state == Written.FINAL),
    ("meetings.take_attendance", "meetings:attendance", _("Attendance at meeting %(meeting)s"),
        lambda meeting, minutes: meeting.state in CALLED),
    ("meetings.send_call", "publishing:send-supplementary-call", _("Send a supplementary call for meeting %(meeting)s"),
        lambda meeting, minutes: meeting.state == State.CALLED),
    ("minutes.correct", "publishing:correct", _("Correct the minutes of meeting %(meeting)s"),
        lambda meeting, minutes: minutes and minutes.state in ISSUED),
    ("meetings.edit", "meetings:move", _("Move meeting %(meeting)s to another date"),
        lambda meeting, minutes: meeting.state in TO_COME | {State.CALLED}),
)  # fmt: skip


def acts(user, boards: list[Board], asked: Asked, today: date) -> list[Hit]:
    """Those whose words begin as typed; of the meeting and board one looks at first, then of the nearest meetings.

    Nothing typed: the first few of each.
    """
    of_meetings = islice(_of_meetings(user, boards, asked, today), None if asked.typed else FEW_HERE)
    found = [*of_meetings, *_of_boards(user, boards, asked), *_everywhere(user, boards)]
    fitting = [one for one in found if begins(asked.folded, f"{one.title} {one.facts}")]
    return [
        hit(one.title, asked, url=one.url, facts=one.facts, press=one.press)
        for one in sorted(fitting, key=lambda one: bool(asked.typed) and not asked.opens(one.title))[:AT_MOST]
    ]


def _of_meetings(user, boards: list[Board], asked: Asked, today: date) -> Iterator[Hit]:
    """What may be done with the meetings of a year back and forth."""
    near = Meeting.objects.filter(board__in=boards, first_day__range=(today - SPAN, today + SPAN))
    standing = near.exclude(state__in=[State.CANCELLED, State.POSTPONED]).select_related("board", "minutes")
    meetings = sorted(
        standing.order_by("pk")[:500], key=lambda one: (not _is_here(one, asked), abs(one.first_day - today))
    )
    for meeting in meetings:
        few = FEW_HERE if _is_here(meeting, asked) else FEW
        yield from islice(_of_meeting(user, meeting), None if asked.typed else few)


def _of_meeting(user, meeting: Meeting) -> Iterator[Hit]:
    minutes = getattr(meeting, "minutes", None)
    allowed = acts_of(user, meeting.board)
    for act, name, words, is_now in ON_A_MEETING:
        if act in allowed and is_now(meeting, minutes):
            yield _hit(words, name, meeting)
    yield from _to_read(user, meeting, minutes)


def _is_here(meeting: Meeting, asked: Asked) -> bool:
    return (meeting.board.slug, meeting.slug) == (asked.board, asked.meeting)


def _to_read(user, meeting: Meeting, minutes: Minutes | None) -> Iterator[Hit]:
    remarks = minutes is not None and minutes.state == Written.IN_REVIEW and may_read(user, minutes)
    if remarks and may(user, "minutes.remark", meeting.board):
        yield _hit(_("Read the draft of the minutes of meeting %(meeting)s"), "publishing:review", meeting)
    if may_read_agenda(user, meeting):
        yield _hit(_("Agenda of meeting %(meeting)s"), "meetings:agenda", meeting)
    if has_been_called(meeting) and may(user, "documents.read", meeting.board):
        yield _hit(_("Documents of meeting %(meeting)s"), "publishing:documents", meeting)


def _hit(words, name: str, meeting: Meeting) -> Hit:
    board = meeting.board
    number = meeting.number or date_format(meeting.first_day)
    address = reverse(name, args=[board.slug, meeting.slug])
    return Hit(str(words) % {"meeting": number}, address, board.name)


def _of_boards(user, boards: list[Board], asked: Asked) -> Iterator[Hit]:
    for board in sorted(boards, key=lambda one: one.slug != asked.board):
        allowed = acts_of(user, board)
        for act, name, words in ON_A_BOARD:
            if act in allowed:
                yield Hit(str(words), reverse(name, args=[board.slug]), told(board.name))


def _everywhere(user, boards: list[Board]) -> Iterator[Hit]:
    """The pages of everybody, and what buttons of the frame do."""
    for act, name, words in EVERYWHERE:
        if act is None or any(may(user, act, board) for board in [None, *boards]):
            yield Hit(str(words), reverse(name))
    yield Hit(gettext("Keyboard shortcuts"), press="#keys-button")
    for code, language in settings.LANGUAGES:
        if code != get_language():
            yield Hit(gettext("Language: %(language)s") % {"language": language}, press=f"#language-{code}")
    yield Hit(gettext("Sign out"), press="#sign-out")
