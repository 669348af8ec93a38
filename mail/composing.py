"""A letter as a message: headers, plain text and HTML that say the same (RFC 5322, 8058; reliability.md A8, A22)."""

import textwrap
from datetime import datetime
from email.utils import formataddr, formatdate, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from mail import choices, kinds
from mail.addresses import absolute
from mail.models import Choice, Letter
from mail.words import cleaned

LANGUAGES = frozenset({"nb", "nn", "en"})
WIDTH = 72
SUBJECT_MAX = 200


def language_of(letter: Letter) -> str:
    """The reader's: of the account, else of the board, else bokmål."""
    user = letter.user or (letter.person.user if letter.person else None)
    language = user.language if user else (letter.board.language if letter.board else "nb")
    return language if language in LANGUAGES else "nb"


def address_of(letter: Letter) -> str:
    return letter.person.email if letter.person else letter.user.email if letter.user else ""


def message_id(letter: Letter) -> str:
    """The same for every copy of the same letter, so that a second copy can be recognised (reliability.md 3.2).

    Nobody outside can work it out: a report that something came back is believed by it (`mail.bounces`).
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "boardroom"
    named = f"{letter.key}:{letter.again}" if letter.again else letter.key
    return f"<{salted_hmac('mail.message-id', named, algorithm='sha256').hexdigest()[:40]}@{domain}>"


def compose(letter: Letter, face: Letter, content: kinds.Content, at: datetime) -> EmailMultiAlternatives:
    """The message of `letter`, in the active language; `face` is the letter it shows (another one in a daily mail of one)."""
    kind = kinds.find(face.kind)
    way_out = _way_out(face, kind)
    values = {
        "content": content,
        "board": face.board,
        "language": translation.get_language(),
        "kind": kind,
        "way_out": way_out,
        "padding": range(40),
        "choices_page": absolute(reverse("mail:mine")) if _has_choices(face) else "",
    }
    mail = EmailMultiAlternatives(
        subject(content), wrapped(render_to_string("mail/letter.txt", values)), to=[address_of(letter)],
        from_email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], reply_to=_reply_to(face),
        headers=_headers(letter, face, way_out, at),
    )  # fmt: skip
    mail.attach_alternative(render_to_string("mail/letter.html", values), "text/html")
    if content.calendar:
        mail.attach_alternative(content.calendar.decode(), f"text/calendar; method={content.method}")
    for one in content.attachments:
        mail.attach(cleaned(one.name), one.data, one.mimetype)
    return mail


def subject(content: kinds.Content) -> str:
    """On one line whatever it holds: a line break would begin a header of its own (A22)."""
    return textwrap.shorten(cleaned(content.subject), SUBJECT_MAX, placeholder=" …")


def wrapped(text: str) -> str:
    """Lines of at most 72 characters; an address is never broken."""
    lines = (
        textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=_indent(line))
        or [""]
        for line in text.strip().splitlines()
    )
    return "\n".join(line for part in lines for line in part) + "\n"


def _indent(line: str) -> str:
    return "  " if line.startswith("- ") else ""


def _headers(letter: Letter, face: Letter, way_out: str, at: datetime) -> dict[str, str]:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {
        "From": formataddr((cleaned(face.board.name) if face.board else name or "Boardroom", address)),
        "Message-ID": message_id(letter),
        "Date": formatdate(at.timestamp()),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if listed := face.board.slug if face.board else face.kind if face.person_id else "":
        headers["List-Id"] = f"<{listed}.boardroom.{address.rpartition('@')[2] or 'localhost'}>"
    if kinds.find(face.kind).is_key:
        headers["Sensitivity"] = "Private"  # RFC 4021, 2.1.55; mail.folder shows no such mail to anybody
    if way_out:
        headers["List-Unsubscribe"] = f"<{way_out}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _reply_to(face: Letter) -> list[str]:
    """The board's first contact with an address that can be answered."""
    for contact in face.board.contacts.all() if face.board else []:
        try:
            validate_email(contact.email)
        except ValidationError:
            continue
        return [formataddr((cleaned(contact.name), contact.email))]
    return []


def _has_choices(face: Letter) -> bool:
    is_across = face.kind == "daily" or kinds.find(face.kind).is_digest
    return bool(face.person and face.person.user_id and (face.board_id or is_across))


def _way_out(face: Letter, kind: kinds.Kind) -> str:
    if not (face.person_id and (face.board_id or kind.is_digest)) or Choice.How.NOT not in choices.offered(kind):
        return ""
    return absolute(reverse("mail:off", args=[choices.token(face)]))
