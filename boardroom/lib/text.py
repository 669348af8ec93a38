"""What text can be kept as it is written, and what cannot be stored or shown safely (reliability 4)."""

import re
import unicodedata

from django.utils.translation import gettext as _

LINE_MAX = 300
TEXT_MAX = 200_000

_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_UNSTORABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_LINE_BREAKS = re.compile(r"[\n\t\u2028\u2029]")
_LOOKS_EMPTY = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}


def normal(text: str) -> str:
    """NFC with line feeds only: `Møte` is one text however it was typed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen: blanks, zero-width characters, a byte order mark."""
    return all(
        unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or character in _LOOKS_EMPTY
        for character in text
    )


def text_problem(text: str, *, multiline: bool, maximum: int | None = None) -> str | None:
    """Why the text cannot be kept as it is: a sentence with the place, or None. Empty text has no problem.

    A line (name, title, file name) refuses line breaks and characters that turn the reading direction; long
    text keeps tabs and line feeds, and `without_bidi` takes the others out with a notice.
    """
    maximum = maximum or (TEXT_MAX if multiline else LINE_MAX)
    if len(text) > maximum:
        return _("The text has %(length)s characters; at most %(maximum)s are possible.") % {
            "length": _grouped(len(text)),
            "maximum": _grouped(maximum),
        }
    # Line breaks of any kind are whole here, whoever has not called `normal` yet.
    lines = text.replace("\r\n", "\n\n").replace("\r", "\n")
    if found := _UNSTORABLE.search(lines):
        return _("The text has a character that cannot be stored (position %(position)s).") % {
            "position": found.start() + 1
        }
    if multiline:
        return None
    if found := _LINE_BREAKS.search(lines):
        return _("The text must stand on one line (line break at position %(position)s).") % {
            "position": found.start() + 1
        }
    if found := _BIDI.search(lines):
        return _("The text has an invisible character that turns the reading direction (position %(position)s).") % {
            "position": found.start() + 1
        }
    return None


def without_bidi(text: str) -> tuple[str, int]:
    """The text without characters that turn the reading direction, and how many they were.

    Joiners stay: emoji, Sámi and Persian need them.
    """
    return _BIDI.subn("", text)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
