"""The daily mail: what can wait comes together, in one mail to each person on the morning of a working day (issue 4).

On Saturdays, Sundays and public holidays nobody gets one. Nothing is late by that: what has its deadline within two
working days never waits (`mail.choices.can_wait`). A person gets one a day, however often the clock comes round.
"""

from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boardroom.lib.dates import format_date
from boardroom.lib.workdays import is_working_day
from jobs import queue
from mail import kinds
from mail.addresses import absolute
from mail.models import Letter
from mail.writing import NotNeeded, written

KIND = "daily"
State = Letter.State


@dataclass(frozen=True)
class Folded:
    """What a daily mail says, whose face it shows, which letters it tells of, and why it leaves others out."""

    face: Letter
    content: kinds.Content
    told: list[Letter]
    left_out: dict[Letter, str]


def gather(now: datetime) -> int:
    """Every person with letters waiting has a daily mail on its way with all of them inside; how many mails.

    Nobody gets a second one that day. Before the hour, as when the clock was stopped over midnight, nothing is done.
    """
    local = timezone.localtime(now)
    if not is_working_day(local.date()) or local.time() < time.fromisoformat(settings.DAILY_MAIL_AT):
        return 0
    waiting = Letter.objects.filter(state=State.GATHERED, inside=None)
    made = 0
    for person in waiting.order_by("person").values_list("person", flat=True).distinct():
        key = f"{KIND}:{person}:{local.date()}"
        mail, is_new = Letter.objects.get_or_create(
            key=key, defaults={"kind": KIND, "person_id": person, "made_at": now}
        )
        if is_new:
            waiting.filter(person=person).update(inside=mail)
            queue.enqueue("letter", f"letter:{mail.pk}", {"letter": mail.pk})
            made += 1
    return made


def fold(mail: Letter, at: datetime) -> Folded:
    """What the letters inside say now; one alone is shown as itself. Raises NotNeeded where nothing is left to tell."""
    told, left_out = [], {}
    inside = mail.letters.filter(state__in=[State.GATHERED, State.REFUSED])
    for letter in inside.select_related("person__user", "user", "board").order_by("board__name", "made_at", "pk"):
        try:
            told.append((letter, written(letter, at)[0]))
        except NotNeeded as reason:
            left_out[letter] = str(reason)
    letters = [letter for letter, _content in told]
    if len(told) == 1:
        return Folded(letters[0], told[0][1], letters, left_out)
    return Folded(mail, together(told), letters, left_out)


def together(told: list[tuple[Letter, kinds.Content]]) -> kinds.Content:
    """One line for each, under the name of its board, and one way to all of it."""
    groups: dict[str, list[kinds.Line]] = {}
    for letter, content in told:
        groups.setdefault(letter.board.name, []).append(kinds.Line(line_of(letter, content), content.address))
    count = len(told)
    subject = ngettext("Boardroom: %(count)d thing waits for you", "Boardroom: %(count)d things wait for you", count)
    return kinds.Content(
        subject=subject % {"count": count},
        paragraphs=[_("This waits for you, or is new since your last mail:")],
        groups=[kinds.Group(board, lines) for board, lines in groups.items()],
        address=absolute("/my/"),
        action=_("Open my page"),
    )


def line_of(letter: Letter, content: kinds.Content) -> str:
    """`Draft minutes of the meeting on 20. april 2026, by 27. april 2026`: the board stands above already."""
    line = content.line or content.subject.removeprefix(f"{letter.board.name}: ")
    if content.deadline is None:
        return line[:1].upper() + line[1:]
    until = format_date(content.deadline, translation.get_language()[:2])
    return _("%(what)s (by %(date)s)") % {"what": line[:1].upper() + line[1:].rstrip("."), "date": until}
