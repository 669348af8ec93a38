"""Why a job failed, in plain words: the row keeps the technical text, this says what it means for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .queue import DIED

NO_ROOM = gettext_lazy("There is no room left on the disk.")
NO_DATABASE = gettext_lazy("The database did not answer.")
NO_ANSWER = gettext_lazy("Another service did not answer in time.")
SENTENCES = {
    "OperationalError": NO_DATABASE,
    "InterfaceError": NO_DATABASE,
    "FileDamaged": gettext_lazy("A stored file is missing or damaged."),
    "FileNotFoundError": gettext_lazy("A file is missing."),
    "PermissionError": gettext_lazy("A file or folder may not be written."),
    "RenderingFailed": gettext_lazy("The PDF could not be made of this text."),
    "RenderingTimedOut": gettext_lazy("The PDF took too long to make."),
    "MemoryError": gettext_lazy("There was not enough memory."),
    "TimeoutError": NO_ANSWER,
    "ConnectionRefusedError": NO_ANSWER,
    "ConnectionResetError": NO_ANSWER,
}


def in_words(error: str) -> str:
    """One sentence for a row's `last_error`; empty where there is none."""
    if not error:
        return ""
    if error == DIED:
        return _("The process that did it was stopped in the middle, eight times.")
    if "No space left on device" in error:
        return str(NO_ROOM)
    fault, _colon, _said = error.partition(":")
    return str(SENTENCES.get(fault, _("Something unexpected went wrong. Tell who runs Boardroom.")))
