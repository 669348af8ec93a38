"""Reports that a mail came back (RFC 3464), told on the letter's row; anything else changes nothing (F25).

A report is believed when it names the Message-ID of a letter, which nobody but the recipient's side can know, together
with that letter's own address, and says that delivery failed for good.
"""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from django.db import transaction

from audit import trail
from mail import words
from mail.models import Letter

State = Letter.State
SIZE_MAX = 2 * 1024 * 1024


@dataclass(frozen=True)
class Returned:
    """Which message did not arrive, at which addresses, and what the servers said of each."""

    message_id: str
    reasons: dict[str, str]


def parse(raw: bytes) -> Returned | None:
    """What a delivery report says of lasting failures; None for every other message, whatever it holds."""
    try:
        message = email.message_from_bytes(raw[:SIZE_MAX], policy=email.policy.compat32)
        if message.get_content_type() != "multipart/report" or not message.is_multipart():
            return None
        reasons = _reasons(message)
        named = _original_id(message)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None
    return Returned(named, reasons) if named and reasons else None


def record(raw: bytes, *, at: datetime) -> int:
    """Letters that the report says came back are marked so, with the reason; how many. The trail tells of each."""
    report = parse(raw)
    if report is None:
        return 0
    marked = 0
    with transaction.atomic():
        sent = Letter.objects.filter(message_id=report.message_id, state__in=[State.SENT, State.SENDING])
        for letter in sent.select_related("board"):
            reason = report.reasons.get(letter.address.casefold())
            if reason is not None:
                marked += _mark(letter, reason, at)
    return marked


def _mark(letter: Letter, reason: str, at: datetime) -> int:
    """The letter came back, and with a daily mail all that was in it."""
    inside = Letter.objects.filter(inside=letter, state=State.SENT).select_related("board")
    letters = [letter, *inside]
    for one in letters:
        Letter.objects.filter(pk=one.pk).update(state=State.RETURNED, problem=reason)
        trail.record("mail.returned", one, by=None, board=one.board, at=at, kind=one.kind, reason=reason)
    return len(letters)


def _reasons(message: Message) -> dict[str, str]:
    """For each address that failed for good: the reply code and words, else the status code and words."""
    found = {}
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for fields in part.get_payload():
            status = words.cleaned(str(fields.get("Status", "")))
            if words.cleaned(str(fields.get("Action", ""))).casefold() != "failed" or not status.startswith("5"):
                continue
            for name in ("Original-Recipient", "Final-Recipient"):
                if address := _after_semicolon(fields.get(name)):
                    found[address.strip("<>").casefold()] = _reason(
                        status, _after_semicolon(fields.get("Diagnostic-Code"))
                    )
    return found


def _reason(status: str, said: str) -> str:
    status = status.split()[0]
    if not said:
        return status
    return said if said[:1].isdigit() else f"{status} {said}"


def _after_semicolon(field) -> str:
    """The value of a field such as `rfc822; kari@example.org`."""
    _type, found, value = words.cleaned(str(field or "")).partition(";")
    return value.strip() if found else ""


def _original_id(message: Message) -> str:
    """The Message-ID of what came back: in its headers, or in its whole, sent along (RFC 6522)."""
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True) or b""
            headers = email.message_from_bytes(text, policy=email.policy.compat32)
        elif part.get_content_type() in {"message/rfc822", "message/global"} and part.is_multipart():
            headers = part.get_payload(0)
        else:
            continue
        if named := " ".join(str(headers.get("Message-ID", "")).split()):
            return named[:255]
    return ""
