"""What the letters about follow-ups say (issue 5, 5; reliability.md A8, B22).

They are written when they are sent: what was closed, reported done, moved or given to others since is left out, and
nothing left is no mail. What is exempt is counted and never named.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from boardroom.lib.dates import format_date, month_name
from boards.models import Person
from followups.models import Action, FollowUp, Reminder
from followups.owners import links
from followups.reminders import asking, days
from followups.reminders.reachable import Reachable
from followups.reminders.run import KIND, SECRETARYS, remindable
from followups.rules import is_shielded, readable
from mail import choices
from mail.addresses import absolute
from mail.kinds import Content, Group, Line, kind
from mail.models import Letter
from mail.writing import NotYet
from meetings.deadlines import deadlines
from meetings.discretion import told_by
from meetings.models import Meeting

Address = Callable[[FollowUp], str]


@kind(KIND, label=gettext_lazy("Reminders of follow-ups"), digest=True, order=40)
def reminder(letter: Letter, at: datetime) -> Content | None:
    """Everything the reader is reminded of that day, board by board. Raises NotYet in the quiet hours of one of them."""
    rows = _standing(letter, at)
    if not rows:
        return None
    boards = list(dict.fromkeys(row.action.follow_up.board for row in rows))
    until = max(days.next_open(board, at) for board in boards)
    if until > at and not letter.again:
        raise NotYet(until)
    address = _address_for(letter.person, [row.action.follow_up_id for row in rows], at)
    groups = []
    for board in boards:
        own = [row for row in rows if row.action.follow_up.board == board]
        groups.append(Group(board.name, _lines(own, address, at)))
    number = len(rows)
    text = ngettext("%(count)d follow-up waits for you", "%(count)d follow-ups wait for you", number) % {
        "count": number
    }
    sender = boards[0].name if len(boards) == 1 else "Boardroom"
    opening = _("This is open. Say how it stands: it takes a minute, and the board sees it before its next meeting.")
    if all(_is_secretarys(row) for row in rows):
        opening = _(
            "Those who answer for this were reminded without an answer. They are reminded no more: it is yours now."
        )
    return Content(f"{sender}: {text}", [opening], groups=groups, **_way_to_my_page(letter.person))


@kind(asking.ASKED, label=gettext_lazy("Questions about how your follow-ups stand"), order=41)
def reports_asked(letter: Letter, at: datetime) -> Content | None:
    """What of the reader's lacks a report to the meeting; dropped when nothing does."""
    meeting = _meeting_to_come(letter)
    actions = asking.asked_of(meeting, at).get(letter.person_id) if meeting else None
    if not actions:
        return None
    values = _named(meeting)
    subject = _("%(board)s: how does it stand before the meeting on %(date)s?") % values
    opening = _("The secretary asks how this stands, before the meeting of %(board)s on %(date)s.") % values
    address = _address_for(letter.person, [action.follow_up_id for action in actions], at)
    groups = [Group(_("You answer for"), _action_lines(actions, address, at))]
    papers = deadlines(meeting.board, meeting.first_day).papers
    until = papers if papers >= timezone.localdate(at) else None
    paragraphs = [opening, *([_("Answer by %(date)s.") % {"date": _date(until)}] if until else [])]
    line = _("The secretary asks how your follow-ups stand before the meeting on %(date)s.") % values
    way = _way_to_my_page(letter.person)
    return Content(subject, paragraphs, groups=groups, line=line, deadline=until, **way)


@kind(SECRETARYS, label=gettext_lazy("What is open before the papers are due"), order=44)
def unreported(letter: Letter, at: datetime) -> Content | None:
    """To the secretary: what is open without a report, what nobody can be reminded of, and what has words for a date."""
    meeting = _meeting_to_come(letter)
    if meeting is None:
        return None
    actions = list(asking.open_actions(asking.unreported(meeting)))
    reach = Reachable([meeting.board_id], timezone.localdate(at))
    unreached = [action for action in actions if not reach.persons(action)]
    worded = [one for one in actions if one.due_text and days.due_of(one, meeting.board) is None]
    parts = [
        (_("Nobody can be reminded of these"), unreached),
        (_("These have words for a date, and nobody is reminded by the clock"), _without(worded, unreached)),
        (_("These have no report"), _without(actions, [*unreached, *worded])),
    ]
    groups = [
        Group(heading, _action_lines(found, _register_address, at, named=True)) for heading, found in parts if found
    ]
    if not groups:
        return None
    values = _named(meeting) | {"papers": _date(deadlines(meeting.board, meeting.first_day).papers)}
    subject = _("%(board)s: what is open before the meeting on %(date)s") % values
    opening = (
        _("The papers for the meeting on %(date)s are due on %(papers)s. This is open and has no report.") % values
    )
    address = absolute(reverse("followups:plan", args=[meeting.board.slug]))
    return Content(subject, [opening], groups=groups, address=address, action=_("Open the plan for the meeting"))


def _standing(letter: Letter, at: datetime) -> list[Reminder]:
    """The reminders of the letter that still hold: open, due as then, the reader's, and wanted; the last of each action."""
    found = Reminder.objects.filter(letter=letter)
    read = ("board", "source_row__case", "source_block", "source_meeting")
    rows = list(
        found.order_by("pk").select_related("action__due_meeting", *(f"action__follow_up__{name}" for name in read))
    )
    boards = {row.action.follow_up.board_id for row in rows}
    open_ones = {action.pk: action for action in remindable(boards).filter(reminders__in=rows)}
    reach = Reachable(boards, timezone.localdate(at))
    unwanted = choices.unwanted([letter.person_id], boards, KIND)
    standing = {}
    for row in rows:
        board, action = row.action.follow_up.board, open_ones.get(row.action_id)
        due = days.due_of(action, board) if action else None
        if due is None or due.on != row.due_on or (letter.person_id, board.pk) in unwanted:
            continue
        readers = reach.secretaries(board.pk) if _is_secretarys(row) else reach.persons(action)
        if letter.person_id in readers:
            standing[row.action_id] = row
    return sorted(standing.values(), key=lambda row: (row.action.follow_up.board.name, row.due_on, row.pk))


def _is_secretarys(row: Reminder) -> bool:
    return row.occasion == Reminder.Occasion.AFTER and row.number > row.action.follow_up.board.remind_at_most


def _lines(rows: list[Reminder], address: Address, at: datetime) -> list[Line]:
    """One for each action of a board; those that may not be named are one line at the end."""
    given_up = [row.action for row in rows if _is_secretarys(row)]
    own = [row.action for row in rows if not _is_secretarys(row)]
    lines = _action_lines(own, address, at)
    for line in _action_lines(given_up, _register_address, at, named=True):
        lines.append(Line(_("Reminded without an answer: %(what)s") % {"what": line.text}, line.address))
    return lines


def _action_lines(actions: Iterable[Action], address: Address, at: datetime, *, named: bool = False) -> list[Line]:
    actions = list(actions)
    shown = [action for action in actions if _may_be_named(action)]
    lines = [Line(_said(action, at, named), address(action.follow_up)) for action in shown]
    if hidden := len(actions) - len(shown):
        text = ngettext(
            "%(count)d follow-up that cannot be named in a mail", "%(count)d follow-ups that cannot be named in a mail", hidden
        )  # fmt: skip
        lines.append(Line(text % {"count": hidden}))
    return lines


def _may_be_named(action: Action) -> bool:
    """Whether neither the case it came from is exempt, nor a word of it stands in an exempt case of that meeting only."""
    follow_up = action.follow_up
    if is_shielded(follow_up):
        return False
    meeting = follow_up.source_meeting
    return meeting is None or not told_by(meeting, follow_up.title, action.text, action.due_text)


def _said(action: Action, at: datetime, named: bool) -> str:
    """«Bathing water on the net: Sundby publishes the samples. Due on 20 April 2026.»"""
    title, text = action.follow_up.title.strip(), action.text.strip()
    what = title if text.casefold() in {"", title.casefold()} else f"{title}: {text}"
    who = ", ".join(action.responsible) if named else ""
    whole = f"{what.rstrip('.')} ({who})" if who else what.rstrip(".")
    return f"{whole}. {_when(action, timezone.localdate(at))}".strip()


def _when(action: Action, today: date) -> str:
    due = days.due_of(action, action.follow_up.board)
    if due is None:
        return _("Due: %(words)s.") % {"words": action.due_text.rstrip(".")} if action.due_text else ""
    if due.on == today:
        return _("It is due today.")
    values = {"date": _date(due.on)}
    if due.on < today:
        return _("It was due on %(date)s.") % values
    if action.due_on is None and action.due_meeting:
        return _("It is due at the meeting on %(date)s.") % values
    if action.due_on is None:
        return _("It is due in %(month)s.") % {"month": f"{month_name(due.on, _language())} {due.on.year}"}
    return _("It is due on %(date)s.") % values


def _address_for(person: Person, follow_ups: list[int], at: datetime) -> Address:
    """Where the reader reports: on a page of one's own for what one may read signed in, else by a link (links)."""
    known = set()
    if _signs_in(person):
        known = set(
            readable(person.user, timezone.localdate(at)).filter(pk__in=follow_ups).values_list("pk", flat=True)
        )

    def address(follow_up: FollowUp) -> str:
        if follow_up.pk in known:
            return absolute(reverse("followups:own", args=[follow_up.board.slug, follow_up.pk]))
        return links.address_for(follow_up, person, at)

    return address


def _signs_in(person: Person) -> bool:
    return bool(person.user_id and person.user.is_active and not person.user.is_unused)


def _way_to_my_page(person: Person) -> dict[str, str]:
    return {"address": absolute("/my/"), "action": _("Open my page")} if _signs_in(person) else {}


def _register_address(follow_up: FollowUp) -> str:
    return absolute(follow_up.get_absolute_url())


def _meeting_to_come(letter: Letter) -> Meeting | None:
    meeting = Meeting.objects.select_related("board").filter(pk=letter.about).first()
    return meeting if meeting and meeting.state not in days.OFF | asking.MET else None


def _without(actions: Iterable[Action], others: Iterable[Action]) -> list[Action]:
    told = {one.pk for one in others}
    return [one for one in actions if one.pk not in told]


def _named(meeting: Meeting) -> dict[str, str]:
    return {"board": meeting.board.name, "date": _date(meeting.first_day)}


def _date(day: date) -> str:
    return format_date(day, _language())


def _language() -> str:
    language = (translation.get_language() or "nb")[:2]
    return language if language in {"nb", "nn", "en"} else "nb"
