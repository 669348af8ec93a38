"""When two texts are the same text to a reader."""

import re


def plain(text: str) -> str:
    """Without case, double blanks, and the full stop or colon at the end."""
    return re.sub(r"\s+", " ", text or "").strip(" .:;").casefold()


def same_text(one: str, other: str) -> bool:
    return plain(one) == plain(other)
