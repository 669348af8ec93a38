"""What the letters of a meeting say: the call, a supplementary one, and what has changed since (R24, P39, A8, B18).

They are written from what was last told (`meetings.notices`) and from the frozen public agenda, when they are sent. Sent
again later, a letter tells the newest; one that would tell what no longer holds is dropped.
"""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.dates import format_date, weekday_name
from boardroom.lib.times import format_time
from mail.addresses import absolute
from mail.kinds import Attachment, Content, kind
from mail.models import Letter
from meetings import notices, occasions
from meetings.discretion import discreet, names_exempt
from meetings.invitation import Day
from meetings.models import CallRecipient, Meeting, Notice
from publishing.models import Document
from publishing.preview import newest

LANGUAGES = frozenset({"nb", "nn", "en"})


@kind("call", label=gettext_lazy("Calls to meetings"), essential=True, order=10)
def call(letter: Letter, at: datetime) -> Content | None:
    """The call with its agenda and the invitation; dropped where the meeting is off."""
    subject = _("%(board)s: call to the meeting on %(date)s")
    return _called(letter, subject, _("You are called to a meeting of %(board)s on %(date)s."))


@kind("supplementary-call", label=gettext_lazy("Supplementary calls"), essential=True, order=11)
def supplementary_call(letter: Letter, at: datetime) -> Content | None:
    """The agenda as it became after the call; dropped as a call is."""
    subject = _("%(board)s: supplementary call to the meeting on %(date)s")
    return _called(letter, subject, _("The agenda of the meeting of %(board)s on %(date)s has changed."))


@kind(notices.MOVED, label=gettext_lazy("Meetings that move"), essential=True, order=12)
def moved(letter: Letter, at: datetime) -> Content | None:
    """Time, place and link as they are now, with what each was; dropped where something newer was told."""
    notice, before = _told(letter)
    if notice is None:
        return None
    values = _values(notice)
    if before and before.is_off:
        subject, opening = _("%(board)s: the meeting is on %(date)s"), _("The meeting of %(board)s has a new date.")
        facts = _facts(notice, None)
    else:
        opening = _("Time or place of the meeting of %(board)s on %(date)s has changed.")
        subject, facts = _("%(board)s: the meeting on %(date)s has changed"), _facts(notice, before)
    small = _("The calendar entry in this mail replaces the one you had.")
    paragraphs = [opening % values, facts, discreet(notice.meeting, notice.message)]
    return _content(notice, letter, subject % values, paragraphs, small)


@kind(notices.CANCELLED, label=gettext_lazy("Meetings that are cancelled"), essential=True, order=13)
def cancelled(letter: Letter, at: datetime) -> Content | None:
    """The meeting is off, or waits for a new date; dropped where something newer was told."""
    notice, _before = _told(letter)
    if notice is None:
        return None
    if notice.facts["state"] == Meeting.State.CANCELLED:
        subject = _("%(board)s: the meeting on %(date)s is cancelled")
        opening = _("The meeting of %(board)s on %(date)s is cancelled.")
    else:
        subject = _("%(board)s: the meeting on %(date)s is postponed")
        opening = _("The meeting of %(board)s on %(date)s is postponed. You are told when it has a new date.")
    small = _("The calendar entry in this mail takes the meeting out of your calendar.")
    values = _values(notice)
    paragraphs = [opening % values, discreet(notice.meeting, notice.message)]
    return _content(notice, letter, subject % values, paragraphs, small)


def agenda_lines(meeting: Meeting) -> list[str]:
    """Number and title of each case, from the frozen public agenda. What has become exempt since is named no more."""
    document = newest(meeting, Document.Kind.AGENDA)
    content = (document.public_content or {}) if document else {}
    days = (content.get("agenda") or {}).get("days", [])
    cases = [_label_and_title(row) for day in days for row in day["rows"] if row["kind"] == "case"]
    hidden = names_exempt(meeting, [title for _label, title in cases])
    lines = []
    for (label, title), is_hidden in zip(cases, hidden, strict=True):
        shown = title if title and not is_hidden else _("Exempt from public access")
        lines.append(f"{label} {shown}".strip())
    return lines


def _label_and_title(row: dict) -> tuple[str, str]:
    found = {"label": "", "title": ""}
    for line in (line for cell in row["cells"] for line in cell):
        if line["as"] == "label":
            found["label"] = " ".join(line["parts"])
        elif line["as"] == "title":
            found["title"] = line["text"]
    return found["label"], found["title"]


def _called(letter: Letter, subject: str, opening: str) -> Content | None:
    recipients = CallRecipient.objects.select_related("call__meeting__board")
    recipient = recipients.filter(pk=letter.about).first()
    notice = notices.newest(recipient.call.meeting) if recipient else None
    if notice is None or notice.is_off:
        return None
    meeting = notice.meeting = recipient.call.meeting
    values, message = _values(notice), discreet(meeting, recipient.call.message.strip())
    small = _("The meeting comes with this mail as a calendar entry.")
    paragraphs = [opening % values, message, _facts(notice, None)]
    return _content(notice, letter, subject % values, paragraphs, small, agenda_lines(meeting))


def _told(letter: Letter) -> tuple[Notice | None, Notice | None]:
    """The notice the letter is about, as long as it is the newest, and the one before it."""
    notice = Notice.objects.select_related("meeting__board").filter(pk=letter.about).first()
    if notice is None or notice.meeting.notices.filter(sequence__gt=notice.sequence).exists():
        return None, None
    return notice, notice.meeting.notices.filter(sequence__lt=notice.sequence).last()


def _content(
    notice: Notice, letter: Letter, subject: str, paragraphs: list[str], small: str, rows: list[str] | None = None
) -> Content:
    method, data = occasions.invitation(notice, letter.person)
    return Content(
        subject,
        [part for part in paragraphs if part],
        address=absolute(notice.meeting.get_absolute_url()),
        action=_("Open the meeting") if notice.is_off else _("Read the papers and answer"),
        rows=rows or [],
        small_print=[small],
        attachments=[Attachment(occasions.FILE_NAME, data, occasions.FILE_TYPE)],
        calendar=data,
        method=method.value,
    )


def _values(notice: Notice) -> dict[str, str]:
    return {"board": notice.meeting.board.name, "date": _date(notices.days_of(notice.facts)[0].date)}


def _facts(notice: Notice, before: Notice | None) -> str:
    """A line each for time, place and link; behind what has changed stands what it was."""
    now, was = _said(notice), _said(before) if before else {}
    lines = []
    for label, text in now.items():
        if text and was.get(label) and was[label] != text:
            text = _("%(now)s (was: %(before)s)") % {"now": text, "before": was[label]}
        if text:
            lines.append(f"{label}: {text}")
    return "\n".join(lines)


def _said(notice: Notice) -> dict[str, str]:
    facts = notice.facts
    return {
        _("Time"): "; ".join(_day(day) for day in notices.days_of(facts)),
        _("Place"): discreet(notice.meeting, facts["place"]),
        _("Web link"): discreet(notice.meeting, facts["url"]),
    }


def _day(day: Day) -> str:
    written = f"{weekday_name(day.date, _language())} {_date(day.date)}"
    if day.start is None:
        return written
    hours = f"{format_time(day.start)}–{format_time(day.end)}" if day.end else format_time(day.start)
    return _("%(day)s at %(hours)s") % {"day": written, "hours": hours}


def _date(day) -> str:
    return format_date(day, _language())


def _language() -> str:
    language = (translation.get_language() or "nb")[:2]
    return language if language in LANGUAGES else "nb"
