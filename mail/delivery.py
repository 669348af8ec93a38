"""One letter is written in its reader's language and handed to the mail server (reliability.md F25, B22)."""

import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.utils import translation

from boardroom.lib.crash import crash_point
from jobs.progress import Later
from mail import composing, daily, words
from mail.addresses import absolute as absolute
from mail.models import Choice, Letter
from mail.writing import NotNeeded, NotYet, written

State = Letter.State
# What is refused is here too: its job runs again only when somebody asked for that.
OPEN = [State.WAITING, State.SENDING, State.REFUSED]


class Undeliverable(Exception):
    """The recipient's server refuses the letter for good; the message is its answer or a word of `mail.words`."""


class PutOff(Exception):
    """Not now; the message is why. The job is tried again later."""


def deliver(number: int, *, at: datetime) -> Callable[[], None] | None:
    """The letter is with the mail server; returns what marks it, or None where there is nothing to send any more.

    Raises PutOff where it is to be tried again. What comes to the quiet hours of its reader waits for their end.
    """
    letters = Letter.objects.select_related("person__user", "user", "board")
    letter = letters.filter(pk=number, state__in=OPEN).first()
    if letter is None:
        return None
    with translation.override(composing.language_of(letter)):
        if letter.kind == daily.KIND:
            return _deliver_daily(letter, at)
        try:
            content, how = written(letter, at)
        except NotNeeded as reason:
            return partial(mark, {letter: (State.DROPPED, str(reason))})
        except NotYet as wait:
            return partial(Later, wait.until)
        if how == Choice.How.DAILY:
            return partial(mark, {letter: (State.GATHERED, "")})
        state, problem = _send(letter, letter, content, at)
    return partial(mark, {letter: (state, problem)}, at=at)


def _deliver_daily(mail: Letter, at: datetime) -> Callable[[], None]:
    """As `deliver`; what becomes of the daily mail becomes of every letter it tells of."""
    folded = daily.fold(mail, at)
    marks = {letter: (State.DROPPED, problem) for letter, problem in folded.left_out.items()}
    if not folded.told:
        return partial(mark, {**marks, mail: (State.DROPPED, "")})
    outcome = _send(mail, folded.face, folded.content, at)
    return partial(mark, {**marks, **dict.fromkeys(folded.told, outcome), mail: outcome}, at=at)


def _send(letter: Letter, face: Letter, content, at: datetime) -> tuple[str, str]:
    """The state that the letter is to be marked with, and the problem. Raises PutOff."""
    message = composing.compose(letter, face, content, at)
    facts = {"address": composing.address_of(letter), "message_id": composing.message_id(letter)}
    Letter.objects.filter(pk=letter.pk).update(state=State.SENDING, **facts)
    crash_point("before_send")
    try:
        hand_over(message)
    except Undeliverable as answer:
        return State.REFUSED, words.cleaned(str(answer))
    crash_point("after_send_before_mark")
    return State.SENT, ""


def hand_over(message) -> None:
    """The mail is with the server. Raises Undeliverable for a lasting refusal, PutOff for what may pass.

    Only what the server says of this recipient or this letter is lasting. That it refuses the sender, the password or
    the connection is the installation's fault, and everybody's letters wait until it is mended.
    """
    if not any(message.to):
        raise Undeliverable(words.NO_ADDRESS)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise _answered(*next(iter(refused.recipients.values()))) from refused
    except smtplib.SMTPDataError as refused:
        raise _answered(refused.smtp_code, refused.smtp_error) from refused
    except smtplib.SMTPAuthenticationError as refused:
        raise PutOff(words.LOCKED) from refused
    except smtplib.SMTPResponseException as refused:
        raise PutOff(_said(refused.smtp_code, refused.smtp_error)) from refused
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as fault:
        raise PutOff(words.INSECURE) from fault
    except (smtplib.SMTPException, TimeoutError, ConnectionResetError, BrokenPipeError) as fault:
        raise PutOff(words.SILENT) from fault
    except OSError as fault:
        raise PutOff(words.UNREACHABLE) from fault


def _answered(code: int, answer) -> Exception:
    return Undeliverable(_said(code, answer)) if code >= 500 else PutOff(_said(code, answer))


def _said(code: int, answer) -> str:
    return f"{code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"


def mark(outcomes: dict[Letter, tuple[str, str]], *, at: datetime | None = None) -> None:
    """Every letter has its state and problem; a letter inside a daily mail also when and where that was sent."""
    for letter, (state, problem) in outcomes.items():
        facts = {"state": state, "problem": problem, "tries_at": None}
        if state == State.SENT:
            facts |= {"sent_at": at, "address": composing.address_of(letter)}
        Letter.objects.filter(pk=letter.pk, state__in=[*OPEN, State.GATHERED]).update(**facts)
    crash_point("marked")


def failed(number: int, error: str, again_at: datetime | None) -> None:
    """The row says why the letter is not sent yet and when it is tried again; after the last attempt, that it was not."""
    fault, _colon, said = error.partition(": ")
    problem = words.cleaned(said) if fault == PutOff.__name__ else words.FAULT if said else words.STOPPED
    facts = {"problem": problem, "tries_at": again_at}
    letters = Letter.objects.filter(pk=number, state__in=OPEN)
    letters.update(state=State.WAITING if again_at else State.REFUSED, **facts)
    inside = Letter.objects.filter(inside=number, state=State.GATHERED)
    inside.update(**facts if again_at else facts | {"state": State.REFUSED})
