"""Mails of calls and reviews: plain text with board, date and address, never a case's title or text (reliability.md A8)."""

import hashlib
from datetime import datetime
from email.utils import formatdate
from functools import partial
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from boardroom.lib.crash import crash_point
from boardroom.lib.dates import format_date
from boards.models import Board, Person, Seat
from meetings.models import CallRecipient, Meeting
from minutes.models import Answer

State = CallRecipient.State
LANGUAGES = {"nb": "nb", "nn": "nn", "en": "en"}


class Undeliverable(Exception):
    """The recipient's server refuses the address for good; the message is its answer."""


def absolute(path: str) -> str:
    """The address of a page as it stands in a mail: the first host of ALLOWED_HOSTS, never what a request claims."""
    host = next((name for name in settings.ALLOWED_HOSTS if name not in {"*", "[::1]"}), "localhost").lstrip(".")
    if settings.HTTPS:
        return f"https://{host}{path}"
    return f"http://{host}:{settings.PORT}{path}"


def message_id(key: str) -> str:
    """The same for every copy of the same mail, so that a second copy can be recognised (reliability.md 3.2)."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "boardroom"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def deliver_call(recipient: int, *, key: str, at: datetime):
    """The mail of one delivery is handed over; returns what marks it, or None where there is nothing to send any more."""
    delivery = CallRecipient.objects.select_related("call__meeting__board", "person__user").filter(pk=recipient).first()
    if delivery is None or delivery.state not in {State.WAITING, State.SENDING}:
        return None
    meeting = delivery.call.meeting
    if not _still_sits(delivery.person, meeting.board, at):
        return partial(_mark, delivery, State.REFUSED, problem=_("No longer a member of the board."))
    CallRecipient.objects.filter(pk=delivery.pk).update(state=State.SENDING)
    crash_point("before_send")
    with translation.override(_language_of(delivery.person, meeting.board)):
        subject, text = _call_text(meeting, delivery.call.number, delivery.call.message)
    try:
        _hand_over(delivery.email, subject, text, key, at)
    except Undeliverable as answer:
        return partial(_mark, delivery, State.REFUSED, problem=str(answer)[:500])
    crash_point("after_send_before_mark")
    return partial(_mark, delivery, State.SENT, sent_at=at)


def deliver_review(answer: int, *, key: str, at: datetime) -> None:
    """The mail of one recipient of a round is handed over, while the round is open and nothing was answered."""
    asked = Answer.objects.select_related("round__minutes__meeting__board", "person__user").filter(pk=answer).first()
    if asked is None or asked.answered_at or not asked.round.is_open:
        return
    meeting = asked.round.minutes.meeting
    if not asked.person.email or not _still_sits(asked.person, meeting.board, at):
        return
    with translation.override(_language_of(asked.person, meeting.board)):
        subject, text = _review_text(meeting, asked.round.deadline)
    try:
        _hand_over(asked.person.email, subject, text, key, at)
    except Undeliverable:
        return


def _still_sits(person: Person, board: Board, at: datetime) -> bool:
    day = timezone.localdate(at)
    held = Seat.objects.active_on(day).filter(board=board, person=person)
    return held.exists() or person.attendance.filter(meeting__board=board, meeting__first_day__gte=day).exists()


def _language_of(person: Person, board: Board) -> str:
    return person.user.language if person.user else LANGUAGES[board.language]


def _named(meeting: Meeting) -> dict[str, str]:
    language = (translation.get_language() or "nb")[:2]
    return {
        "board": meeting.board.name,
        "number": meeting.number,
        "date": format_date(meeting.first_day, language if language in LANGUAGES else "nb"),
    }


def _call_text(meeting: Meeting, number: int, message: str) -> tuple[str, str]:
    values = _named(meeting)
    if number == 1:
        subject = _("%(board)s: call to the meeting on %(date)s") % values
        opening = _("You are called to a meeting of %(board)s on %(date)s.") % values
    else:
        subject = _("%(board)s: supplementary call to the meeting on %(date)s") % values
        opening = _("The agenda of the meeting of %(board)s on %(date)s has changed.") % values
    address = absolute(reverse("meetings:meeting", args=[meeting.board.slug, meeting.slug]))
    parts = [opening, message.strip(), _("Call, agenda and papers: %(address)s") % {"address": address}]
    return subject, "\n\n".join(part for part in parts if part) + "\n"


def _review_text(meeting: Meeting, deadline) -> tuple[str, str]:
    values = _named(meeting)
    subject = _("%(board)s: draft minutes of the meeting on %(date)s") % values
    address = absolute(reverse("minutes:minutes", args=[meeting.board.slug, meeting.slug]))
    opening = _("The draft minutes of the meeting of %(board)s on %(date)s are ready for your remarks.") % values
    parts = [opening, _("Read the draft and answer here: %(address)s") % {"address": address}]
    if deadline:
        language = (translation.get_language() or "nb")[:2]
        written = format_date(deadline, language if language in LANGUAGES else "nb")
        parts.insert(1, _("The deadline for remarks is %(deadline)s.") % {"deadline": written})
    return subject, "\n\n".join(parts) + "\n"


def _hand_over(address: str, subject: str, text: str, key: str, at: datetime) -> None:
    """The mail is with the server. Raises Undeliverable for a lasting refusal, and what the transport raises otherwise."""
    if not address:
        raise Undeliverable(_("No e-mail address is known."))
    headers = {"Message-ID": message_id(key), "Date": formatdate(at.timestamp()), "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(" ".join(subject.split()), text, to=[address], headers=headers)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        _give_up_or_raise(code, answer, refused)
    except SMTPResponseException as refused:
        _give_up_or_raise(refused.smtp_code, refused.smtp_error, refused)


def _give_up_or_raise(code: int, answer, refused: Exception) -> None:
    if code < 500:
        raise refused
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    raise Undeliverable(f"{code} {said}") from refused


def _mark(delivery: CallRecipient, state: str, **facts) -> None:
    waiting = CallRecipient.objects.filter(pk=delivery.pk, state__in=[State.WAITING, State.SENDING])
    waiting.update(state=state, **facts)
    crash_point("marked")
