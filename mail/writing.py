"""What is to be told at the moment of sending, and to whom no more (reliability.md A8, F10, B22)."""

from datetime import datetime

from mail import choices, kinds, rules, words
from mail.models import Choice, Letter


class NotNeeded(Exception):
    """Nothing is to be sent any more; the message is a word of `mail.words`, or empty."""


class NotYet(Exception):
    """The reader is not to be disturbed before `until`."""

    def __init__(self, until: datetime):
        self.until = until


def written(letter: Letter, at: datetime) -> tuple[kinds.Content, str]:
    """What the letter says now, and whether it goes at once or in the daily mail. Raises NotNeeded, and NotYet."""
    kind = kinds.find(letter.kind)
    is_bound = letter.person and letter.board and not kind.is_for_anyone
    if is_bound and not rules.still_sits(letter.person, letter.board, at):
        raise NotNeeded(words.LEFT)
    content = kind.write(letter, at)
    if content is None:
        raise NotNeeded("")
    how = choices.how(letter, kind, content, at)
    if how == Choice.How.NOT:
        raise NotNeeded(words.TURNED_OFF)
    return content, how
