"""Words that must not leave by mail: what only the exempt cases of a meeting say (reliability.md A8)."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext

from boards.models import AccessFields
from meetings.models import AgendaRow, Meeting

SHIELDED = (AccessFields.Level.INTERNAL, AccessFields.Level.EXEMPT)
TELLING = 5  # letters; shorter words tell nothing
_WORD = re.compile(r"[^\W\d_]+")


def told_by(meeting: Meeting, *texts: str) -> str:
    """The first word of the texts, as written, that otherwise stands in the title of an exempt case only; else empty.

    Words of open titles, of public titles and of the board's own name are anybody's. A whole title tells too, where all
    its words are short.
    """
    written = [word for text in texts for word in _WORD.findall(text) if len(word) >= TELLING]
    secret = exempt_words(meeting) if written else set()
    if found := next((word for word in written if word.casefold() in secret), ""):
        return found
    said = "\n".join(texts).casefold()
    titles = exempt_titles(meeting) if said.strip() else set()
    return next((title for title in sorted(titles) if len(title) >= TELLING and title in said), "")


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


def names_exempt(meeting: Meeting, titles: list[str]) -> list[bool]:
    """Of each title whether it is an exempt case's now, or has a word that only stands there."""
    exempt, secret = exempt_titles(meeting), exempt_words(meeting)
    return [title.strip().casefold() in exempt or bool(secret & words_of(title)) for title in titles]


def exempt_words(meeting: Meeting) -> set[str]:
    """The words, folded, that stand in titles of exempt cases of the meeting and in nothing that is open."""
    secret, anybodys = set(), words_of(meeting.board.name, meeting.name)
    for row in _rows(meeting):
        anybodys |= words_of(row.public_title, row.case.public_title if row.case else "", row.type)
        if _is_shielded(row):
            secret |= words_of(*_titles(row))
        else:
            anybodys |= words_of(row.title)
    return secret - anybodys


def exempt_titles(meeting: Meeting) -> set[str]:
    """The titles, folded, that only exempt cases of the meeting have: also one without a word that is long enough to tell."""
    secret, anybodys = set(), {""}
    for row in _rows(meeting):
        anybodys |= _folded(row.public_title, row.case.public_title if row.case else "")
        if _is_shielded(row):
            secret |= _folded(*_titles(row))
        else:
            anybodys |= _folded(row.title)
    return secret - anybodys


def _rows(meeting: Meeting):
    return meeting.agenda_rows.filter(Q(kind="case") | Q(kind="section")).select_related("case")


def _is_shielded(row: AgendaRow) -> bool:
    return row.access_level in SHIELDED or bool(row.case and row.case.access_level in SHIELDED)


def _folded(*titles: str) -> set[str]:
    return {title.strip().casefold() for title in titles}


def _titles(row: AgendaRow) -> list[str]:
    return [row.title, row.case.title if row.case else ""]


def words_of(*texts: str) -> set[str]:
    """The words that tell something, folded."""
    return {word.casefold() for text in texts for word in _WORD.findall(text) if len(word) >= TELLING}
