"""What a text may not, or should not, be published with: identity numbers, other eleven digits, addresses, telephones (P18, R107)."""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

NOT_READ = frozenset({"format", "kind", "language", "created"})
IDENTITY, DIGITS, EMAIL, TELEPHONE = "identity", "digits", "email", "telephone"

_BLANK = r"[ \t\u00a0\u2007\u2009\u202f.\u00ad\u200b\-\u2010-\u2015]"
_SPACE = r"[ \u00a0\u2007\u2009\u202f]"
_ELEVEN = re.compile(rf"(?<!\d)(?<!\d{_BLANK})\d(?:{_BLANK}{{0,3}}\d){{10}}(?!{_BLANK}?\d)")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_TELEPHONE = re.compile(
    rf"(?<![\w.,:/-])(?<!\d{_SPACE})(?:(?:\+|00)47{_SPACE}?)?"
    rf"(?:[2-9]\d(?:{_SPACE}?\d\d){{3}}|[489]\d\d{_SPACE}\d\d{_SPACE}?\d\d\d)(?![\w/]|[ .\-–]?\d)"
    r"|(?<![\w.])(?:\+|00)[1-9]\d{0,2}(?: ?\d){7,12}(?!\d)"
)
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Finding:
    """Something in the text: its kind, the words found, and a little of what stands around them."""

    kind: str
    found: str
    around: str

    @property
    def is_stop(self) -> bool:
        """A valid identity number is never published; everything else is a question."""
        return self.kind == IDENTITY

    @property
    def key(self) -> str:
        """The same for the same words wherever they stand, so that one answer is enough."""
        return hashlib.sha256(f"{self.kind}:{self.found}".encode()).hexdigest()[:12]


def scan(content: dict) -> list[Finding]:
    """Everything doubtful in a document's content, each kind of thing and wording once, stops first."""
    found: dict[str, Finding] = {}
    for text in texts(content):
        for finding in scan_text(text):
            found.setdefault(finding.key, finding)
    return sorted(found.values(), key=lambda one: not one.is_stop)


def scan_text(text: str) -> Iterator[Finding]:
    """The doubtful places of one text. What is found as eleven digits is not asked for again as a telephone number."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in ((DIGITS, _ELEVEN), (EMAIL, _EMAIL), (TELEPHONE, _TELEPHONE)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < there_end and there_start < end for there_start, there_end in taken):
                continue
            taken.append((start, end))
            words = match.group()
            exact = IDENTITY if kind == DIGITS and is_identity_number(words) else kind
            yield Finding(exact, " ".join(words.split()), " ".join(text[max(0, start - 40) : end + 40].split()))


def texts(content) -> Iterator[str]:
    """Every text of a content as it is read, and the addresses its links lead to."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in NOT_READ:
                continue
            if key == "html" and isinstance(value, str):
                yield from _of_html(value)
            else:
                yield from texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts(value)
    elif isinstance(content, str):
        yield content


def _of_html(fragment: str) -> Iterator[str]:
    for link in re.findall(r'href="([^"]*)"', fragment):
        yield html.unescape(link)
    inline = re.sub(r"</?(?:strong|em|b|i|u|span|a|sub|sup|code)\b[^>]*>", "", fragment)
    yield html.unescape(re.sub(r"<[^>]*>", "\n", inline))


def is_identity_number(text: str) -> bool:
    """Whether the eleven digits are a valid identity number, D-number or synthetic number (months +40, +65 or +80)."""
    digits = [int(character) for character in text if character.isdigit()]
    return len(digits) == 11 and _is_a_birthday(digits) and _controls_agree(digits)


def _controls_agree(digits: list[int]) -> bool:
    first = -sum(weight * digit for weight, digit in zip(_FIRST, digits, strict=False)) % 11
    second = -sum(weight * digit for weight, digit in zip(_SECOND, digits, strict=False)) % 11
    return [first, second] == digits[9:]


def _is_a_birthday(digits: list[int]) -> bool:
    day, month, year = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    day -= 40 if day > 40 else 0
    month -= next((more for more in (80, 65, 40) if month > more), 0)
    return any(_exists(century + year, month, day) for century in (1800, 1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
