"""One letter is written in its reader's language and handed to the mail server (reliability.md F25, B22)."""

import hashlib
from datetime import datetime
from email.utils import formatdate
from functools import partial
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from boardroom.lib.crash import crash_point
from mail import kinds
from mail.models import Letter

State = Letter.State
LANGUAGES = frozenset({"nb", "nn", "en"})


class Undeliverable(Exception):
    """The recipient's server refuses the address for good; the message is its answer."""


def absolute(path: str) -> str:
    """The address of a page as it stands in a mail: the first host of ALLOWED_HOSTS, never what a request claims."""
    host = next((name for name in settings.ALLOWED_HOSTS if name not in {"*", "[::1]"}), "localhost").lstrip(".")
    if settings.HTTPS:
        return f"https://{host}{path}"
    return f"http://{host}:{settings.PORT}{path}"


def message_id(letter: Letter) -> str:
    """The same for every copy of the same letter, so that a second copy can be recognised (reliability.md 3.2)."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "boardroom"
    named = f"{letter.key}:{letter.again}" if letter.again else letter.key
    return f"<{hashlib.sha256(named.encode()).hexdigest()[:32]}@{domain}>"


def language_of(letter: Letter) -> str:
    """The reader's: of the account, else of the board, else bokmål."""
    user = letter.user or (letter.person.user if letter.person else None)
    language = user.language if user else (letter.board.language if letter.board else "nb")
    return language if language in LANGUAGES else "nb"


def deliver(number: int, *, at: datetime):
    """The letter is handed over; returns what marks it, or None where there is nothing to send any more."""
    letters = Letter.objects.select_related("person__user", "user", "board")
    letter = letters.filter(pk=number, state__in=[State.WAITING, State.SENDING]).first()
    if letter is None:
        return None
    with translation.override(language_of(letter)):
        content = kinds.find(letter.kind).write(letter, at)
        if content is None:
            return partial(_mark, letter, State.DROPPED)
        address = letter.person.email if letter.person else letter.user.email if letter.user else ""
        Letter.objects.filter(pk=letter.pk).update(state=State.SENDING, address=address)
        crash_point("before_send")
        try:
            hand_over(letter, address, content, at)
        except Undeliverable as answer:
            return partial(_mark, letter, State.REFUSED, problem=str(answer)[:500])
    crash_point("after_send_before_mark")
    return partial(_mark, letter, State.SENT, sent_at=at, problem="")


def hand_over(letter: Letter, address: str, content: kinds.Content, at: datetime) -> None:
    """The mail is with the server. Raises Undeliverable for a lasting refusal, and what the transport raises otherwise."""
    if not address:
        raise Undeliverable(_("No e-mail address is known."))
    try:
        compose(letter, address, content, at).send()
    except SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        _give_up_or_raise(code, answer, refused)
    except SMTPResponseException as refused:
        _give_up_or_raise(refused.smtp_code, refused.smtp_error, refused)


def compose(letter: Letter, address: str, content: kinds.Content, at: datetime) -> EmailMultiAlternatives:
    """Plain text and HTML that say the same, in the active language; a calendar part where there is one."""
    values = {"content": content, "board": letter.board, "language": translation.get_language()}
    headers = {"Message-ID": message_id(letter), "Date": formatdate(at.timestamp()), "Auto-Submitted": "auto-generated"}
    text = render_to_string("mail/letter.txt", values)
    mail = EmailMultiAlternatives(" ".join(content.subject.split()), text, to=[address], headers=headers)
    mail.attach_alternative(render_to_string("mail/letter.html", values), "text/html")
    if content.calendar:
        mail.attach_alternative(content.calendar, f"text/calendar; charset=utf-8; method={content.method}")
    for one in content.attachments:
        mail.attach(one.name, one.data, one.mimetype)
    return mail


def _give_up_or_raise(code: int, answer, refused: Exception) -> None:
    if code < 500:
        raise refused
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    raise Undeliverable(f"{code} {said}") from refused


def _mark(letter: Letter, state: str, **facts) -> None:
    Letter.objects.filter(pk=letter.pk, state__in=[State.WAITING, State.SENDING]).update(state=state, **facts)
    crash_point("marked")
