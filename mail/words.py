"""Why a letter did not arrive, in plain words: the row keeps a word of this list or the mail server's own answer (F25)."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boardroom.lib.text import without_bidi

LEFT, TURNED_OFF, NO_ADDRESS = "left", "turned-off", "no-address"
UNREACHABLE, SILENT, INSECURE, LOCKED, STOPPED, FAULT = (
    "unreachable",
    "silent",
    "insecure",
    "locked",
    "stopped",
    "fault",
)
SENTENCES = {
    LEFT: gettext_lazy("No longer on the board."),
    TURNED_OFF: gettext_lazy("Does not want mail of this kind."),
    NO_ADDRESS: gettext_lazy("No e-mail address is known."),
    UNREACHABLE: gettext_lazy("The mail server cannot be reached."),
    SILENT: gettext_lazy("The mail server broke off or did not answer in time."),
    INSECURE: gettext_lazy("The connection to the mail server is not secure."),
    LOCKED: gettext_lazy("The mail server does not let Boardroom in. Tell who runs it."),
    STOPPED: gettext_lazy("Sending stopped in the middle, several times."),
    FAULT: gettext_lazy("The letter could not be written. Tell who runs Boardroom."),
}
# Enhanced status codes (RFC 3463), the longest match first; then the plain reply codes (RFC 5321, 4.2.3).
STATUS = {
    "1.1": gettext_lazy("The mailbox does not exist"),
    "1.2": gettext_lazy("The address's mail server does not exist"),
    "1.10": gettext_lazy("The address receives no mail"),
    "1": gettext_lazy("The address cannot be used"),
    "2.1": gettext_lazy("The mailbox is closed"),
    "2.2": gettext_lazy("The mailbox is full"),
    "2.3": gettext_lazy("The letter is too large for the mailbox"),
    "2": gettext_lazy("The mailbox cannot take the letter"),
    "3": gettext_lazy("The recipient's mail server cannot take the letter"),
    "4": gettext_lazy("The recipient's mail server did not answer"),
    "5": gettext_lazy("The mail servers did not understand each other"),
    "6": gettext_lazy("The letter could not be converted"),
    "7": gettext_lazy("The recipient's mail server refused the letter"),
}
REPLY = {
    "550": STATUS["1.1"], "551": STATUS["1.1"], "552": STATUS["2.2"], "553": STATUS["1"], "554": STATUS["7"],
    "421": STATUS["4"], "450": STATUS["2"], "451": STATUS["3"], "452": STATUS["2"],
}  # fmt: skip
_CODES = re.compile(r"(?:(?P<reply>[245][0-9]{2})\b[ -]?)?(?:(?P<status>[245]\.[0-9]{1,3}\.[0-9]{1,3})\b)?")


def cleaned(answer: str) -> str:
    """What a server answered, on one line and without what cannot be shown."""
    visible = "".join(character if character.isprintable() else " " for character in without_bidi(answer)[0])
    return " ".join(visible.split())[:500]


def in_words(problem: str) -> str:
    """One sentence for the secretary: «The mailbox does not exist (550).»; empty where there is no problem."""
    if not problem:
        return ""
    if problem in SENTENCES:
        return str(SENTENCES[problem])
    codes = _CODES.match(problem)
    status, reply = codes["status"] or "", codes["reply"] or ""
    subject, _dot, detail = status.partition(".")[2].partition(".")
    meaning = STATUS.get(f"{subject}.{detail}") or STATUS.get(subject) or REPLY.get(reply)
    if meaning is None:
        return _("The mail server answered: %(answer)s") % {"answer": problem}
    return f"{meaning} ({reply or status})."
