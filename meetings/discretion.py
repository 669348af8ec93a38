"""Words that must not leave by mail: what only the exempt cases of a meeting say (reliability.md A8)."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext

from boards.models import AccessFields
from meetings.models import Meeting

SHIELDED = (AccessFields.Level.INTERNAL, AccessFields.Level.EXEMPT)
TELLING = 5  # letters; shorter words tell nothing
_WORD = re.compile(r"[^\W\d_]+")


def told_by(meeting: Meeting, *texts: str) -> str:
    """The first word of the texts, as written, that otherwise stands in the title of an exempt case only; else empty.

    Words of open titles, of public titles and of the board's own name are anybody's.
    """
    written = [word for text in texts for word in _WORD.findall(text) if len(word) >= TELLING]
    secret = exempt_words(meeting) if written else set()
    return next((word for word in written if word.casefold() in secret), "")


def refuse_exempt(meeting: Meeting, text: str) -> str:
    """The text, for a form's field that goes out by mail; ValidationError where it tells what is exempt."""
    if word := told_by(meeting, text):
        said = gettext(
            "«%(word)s» stands in the title of an exempt case. Mail is read by others: say it in another way."
        )
        raise ValidationError(said % {"word": word})
    return text


def discreet(meeting: Meeting, text: str) -> str:
    """The text, or nothing where it tells what is exempt: it may have become so after the text was written."""
    return "" if told_by(meeting, text) else text


def exempt_words(meeting: Meeting) -> set[str]:
    """The words, folded, that stand in titles of exempt cases of the meeting and in nothing that is open."""
    rows = meeting.agenda_rows.filter(Q(kind="case") | Q(kind="section"))
    secret, anybodys = set(), words_of(meeting.board.name, meeting.name)
    for row in rows.select_related("case"):
        case = row.case
        anybodys |= words_of(row.public_title, case.public_title if case else "", row.type)
        if row.access_level in SHIELDED:
            secret |= words_of(row.title, case.title if case else "")
        elif case and case.access_level in SHIELDED:
            secret |= words_of(case.title, row.title)
        else:
            anybodys |= words_of(row.title)
    return secret - anybodys


def words_of(*texts: str) -> set[str]:
    """The words that tell something, folded."""
    return {word.casefold() for text in texts for word in _WORD.findall(text) if len(word) >= TELLING}
