"""What the letters of a review say: board, day and the one link, never a word of the minutes or of a remark (A8, B22)."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from boardroom.lib.dates import format_date
from mail.delivery import absolute
from mail.kinds import Content, kind
from mail.models import Letter
from meetings.models import Meeting
from minutes import approval_letters  # noqa: F401 (registers its kinds)
from minutes.models import Answer, Minutes, Remark
from minutes.settling import UNSETTLED


@kind("review", label=gettext_lazy("Draft minutes for remarks"), gathered=True, order=20)
def review(letter: Letter, at: datetime) -> Content | None:
    """The draft is out; dropped when it was answered or the round is closed."""
    asked = _unanswered(letter)
    if asked is None:
        return None
    values = _named(asked.round.minutes.meeting)
    opening = _("The draft minutes of the meeting of %(board)s on %(date)s are ready for your remarks.") % values
    if asked.round.number > 1:
        opening = (
            _("A new draft of the minutes of the meeting of %(board)s on %(date)s is ready for your remarks.") % values
        )
    subject = _("%(board)s: draft minutes of the meeting on %(date)s") % values
    line = _("The draft minutes of the meeting on %(date)s are ready for your remarks.") % values
    return _content(asked, subject, [opening, *_until(asked, at)], line)


@kind("review-reminder", label=gettext_lazy("Reminders of drafts you have not answered"), order=21)
def reminder(letter: Letter, at: datetime) -> Content | None:
    """You have not answered yet; dropped when it was answered or the round is closed."""
    asked = _unanswered(letter)
    if asked is None:
        return None
    values = _named(asked.round.minutes.meeting)
    opening = _("You have not answered yet about the draft minutes of the meeting of %(board)s on %(date)s.") % values
    subject = _("%(board)s: the draft minutes of %(date)s wait for your answer") % values
    closing = _("If you have no remarks, one press says so.")
    line = _("The draft minutes of the meeting on %(date)s wait for your answer.") % values
    return _content(asked, subject, [opening, *_until(asked, at), closing], line)


@kind("review-extended", label=gettext_lazy("A new deadline for remarks"), gathered=True, order=22)
def extended(letter: Letter, at: datetime) -> Content | None:
    """There is more time; dropped when it was answered or the round is closed."""
    asked = _unanswered(letter)
    if asked is None:
        return None
    values = _named(asked.round.minutes.meeting)
    opening = _("You have more time for remarks to the draft minutes of the meeting of %(board)s on %(date)s.") % values
    subject = _("%(board)s: new deadline for remarks to the minutes of %(date)s") % values
    line = _("There is a new deadline for remarks to the minutes of the meeting on %(date)s.") % values
    return _content(asked, subject, [opening, *_until(asked, at)], line)


@kind("remark-settled", label=gettext_lazy("What became of your remarks"), gathered=True, order=23)
def settled(letter: Letter, at: datetime) -> Content | None:
    """How many of the reader's remarks are settled; what came of each is read on the page."""
    minutes = Minutes.objects.select_related("meeting__board").filter(pk=letter.about).first()
    if minutes is None:
        return None
    own = Remark.objects.filter(round__minutes=minutes, person=letter.person)
    count = own.exclude(status__in=UNSETTLED).count()
    if not count:
        return None
    values = _named(minutes.meeting) | {"count": count}
    text = ngettext(
        "%(count)d remark of yours to the minutes of the meeting of %(board)s on %(date)s is settled.",
        "%(count)d remarks of yours to the minutes of the meeting of %(board)s on %(date)s are settled.",
        count,
    )
    subject = _("%(board)s: your remarks to the minutes of %(date)s are settled") % values
    address = absolute(_path(minutes.meeting))
    line = _("Your remarks to the minutes of the meeting on %(date)s are settled.") % values
    return Content(
        subject,
        [text % values],
        address=address,
        action=ngettext("See what became of it", "See what became of them", count),
        line=line,
    )


def _unanswered(letter: Letter) -> Answer | None:
    """The answer the letter asks for, as long as it is missing and the round is open."""
    asked = Answer.objects.select_related("round__minutes__meeting__board", "person").filter(pk=letter.about)
    return asked.filter(answered_at__isnull=True, round__is_open=True).first()


def _content(asked: Answer, subject: str, paragraphs: list[str], line: str) -> Content:
    address = absolute(_path(asked.round.minutes.meeting))
    action = _("Read the draft and answer")
    return Content(subject, paragraphs, address=address, action=action, line=line, deadline=asked.round.deadline)


def _path(meeting: Meeting) -> str:
    return reverse("publishing:review", args=[meeting.board.slug, meeting.slug])


def _until(asked: Answer, at: datetime) -> list[str]:
    deadline = asked.round.deadline
    if deadline is None:
        return []
    today = timezone.localdate(at)
    if deadline == today:
        return [_("The deadline for remarks is today.")]
    values = {"deadline": format_date(deadline, _language())}
    if deadline < today:
        return [_("The deadline was %(deadline)s. A remark is still received, and marked as late.") % values]
    return [_("The deadline for remarks is %(deadline)s.") % values]


def _named(meeting: Meeting) -> dict:
    return {"board": meeting.board.name, "date": format_date(meeting.first_day, _language())}


def _language() -> str:
    language = (translation.get_language() or "nb")[:2]
    return language if language in {"nb", "nn", "en"} else "nb"
