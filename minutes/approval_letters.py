"""What the letters of an approval say: board, day and the one link, never a word of the minutes or of an objection (A8, B22)."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.dates import format_date
from mail.delivery import absolute
from mail.kinds import Content, kind
from mail.models import Letter
from meetings.models import Meeting
from minutes.models import ApprovalRequest, Minutes

OPEN = {"answer": "", "withdrawn_at": None, "minutes__state": Minutes.State.FINAL, "minutes__correction_reason": ""}


@kind("approval-asked", label=gettext_lazy("Minutes for you to approve"), order=30)
def asked(letter: Letter, at: datetime) -> Content | None:
    """Minutes wait for the reader's approval; dropped when it was given, withdrawn, or is no longer needed."""
    request = _open(letter)
    if request is None:
        return None
    values = _named(request.minutes.meeting)
    subject = _("%(board)s: minutes of %(date)s for you to approve") % values
    opening = _("You are asked to approve the minutes of the meeting of %(board)s on %(date)s.") % values
    line = _("You are asked to approve the minutes of the meeting on %(date)s.") % values
    return _to_answer(request, subject, [opening, *_until(request.deadline, at)], line)


@kind("approval-reminder", label=gettext_lazy("Reminders of minutes you have not approved"), order=31)
def reminder(letter: Letter, at: datetime) -> Content | None:
    """The reader has not answered yet; dropped when it was answered, withdrawn, or is no longer needed."""
    request = _open(letter)
    if request is None:
        return None
    values = _named(request.minutes.meeting)
    subject = _("%(board)s: the minutes of %(date)s wait for your approval") % values
    opening = _("You have not answered yet about the minutes of the meeting of %(board)s on %(date)s.") % values
    line = _("The minutes of the meeting on %(date)s wait for your approval.") % values
    return _to_answer(request, subject, [opening, *_until(request.deadline, at)], line)


@kind("approved", label=gettext_lazy("Minutes that were approved"), gathered=True, order=32)
def approved(letter: Letter, at: datetime) -> Content | None:
    """The minutes are approved, and where they are read."""
    minutes = Minutes.objects.select_related("meeting__board").filter(pk=letter.about).first()
    if minutes is None or minutes.state != Minutes.State.APPROVED:
        return None
    values = _named(minutes.meeting)
    subject = _("%(board)s: the minutes of %(date)s are approved") % values
    opening = _("The minutes of the meeting of %(board)s on %(date)s are approved.") % values
    line = _("The minutes of the meeting on %(date)s are approved.") % values
    address = _path("publishing:documents", minutes.meeting)
    return Content(subject, [opening], address=address, action=_("Read the minutes"), line=line)


@kind(
    "approval-objected", label=gettext_lazy("Objections to minutes that are being approved"), essential=True, order=33
)
def objected(letter: Letter, at: datetime) -> Content | None:
    """Somebody objects, and approval has stopped; what the objection says is read on the page."""
    request = ApprovalRequest.objects.select_related("minutes__meeting__board").filter(pk=letter.about).first()
    if request is None or request.withdrawn_at or request.minutes.state != Minutes.State.FINAL:
        return None
    values = _named(request.minutes.meeting)
    subject = _("%(board)s: an objection to the minutes of %(date)s") % values
    opening = _("There is an objection to the minutes of the meeting of %(board)s on %(date)s.") % values
    paragraphs = [opening, _("They are not approved until you have dealt with it.")]
    line = _("There is an objection to the minutes of the meeting on %(date)s.") % values
    address = _path("publishing:approval", request.minutes.meeting)
    return Content(subject, paragraphs, address=address, action=_("See the objection"), line=line)


@kind("approval-stuck", label=gettext_lazy("Minutes that could not be deemed approved"), essential=True, order=34)
def stuck(letter: Letter, at: datetime) -> Content | None:
    """The deadline for remarks has passed, and something must be done before the minutes are approved."""
    minutes = Minutes.objects.select_related("meeting__board").filter(pk=letter.about).first()
    if minutes is None or minutes.state == Minutes.State.APPROVED:
        return None
    values = _named(minutes.meeting)
    subject = _("%(board)s: the minutes of %(date)s are not approved yet") % values
    opening = _(
        "The deadline for remarks to the minutes of the meeting of %(board)s on %(date)s has passed, but the minutes are "
        "not approved."
    )
    last = _("They are approved by themselves when every remark is settled and the minutes are final.")
    line = _("The minutes of the meeting on %(date)s could not be approved at the deadline.") % values
    address = _path("minutes:remarks", minutes.meeting)
    return Content(subject, [opening % values, last], address=address, action=_("Settle the remarks"), line=line)


def _open(letter: Letter) -> ApprovalRequest | None:
    return ApprovalRequest.objects.select_related("minutes__meeting__board").filter(pk=letter.about, **OPEN).first()


def _to_answer(request: ApprovalRequest, subject: str, paragraphs: list[str], line: str) -> Content:
    address = absolute(request.get_absolute_url())
    action = _("Read and approve the minutes")
    return Content(subject, paragraphs, address=address, action=action, line=line, deadline=request.deadline)


def _until(deadline: date | None, at: datetime) -> list[str]:
    if deadline is None or deadline < timezone.localdate(at):
        return []
    if deadline == timezone.localdate(at):
        return [_("Answer today.")]
    return [_("Answer by %(date)s.") % {"date": format_date(deadline, _language())}]


def _path(name: str, meeting: Meeting) -> str:
    return absolute(reverse(name, args=[meeting.board.slug, meeting.slug]))


def _named(meeting: Meeting) -> dict:
    return {"board": meeting.board.name, "date": format_date(meeting.first_day, _language())}


def _language() -> str:
    language = (translation.get_language() or "nb")[:2]
    return language if language in {"nb", "nn", "en"} else "nb"
