"""Case numbers: the only place that knows how they are written.

Two schemes: item-in-meeting (`3-39/23`) and running in the year (`20/24`), read with the scheme of the board;
for an unknown board nothing is guessed. The text as written is kept by the caller: what is parsed here serves
links, sorting and addresses only (requirements 1.2, R15-R25). Blanks are counted: unbounded ones are slow to read.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.roman import roman

LABEL_MAX = 100


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation without importing Django."""
    return message


class Scheme(StrEnum):
    PER_MEETING = "per-meeting"
    PER_YEAR = "per-year"


@dataclass(frozen=True)
class CaseNumber:
    """The integers of a case number; `meeting` is None where the number runs through the year."""

    prefix: str
    item: int
    meeting: int | None
    year: int
    part: int | None = None

    @property
    def normal(self) -> str:
        """`3-39/23`, `20/24`, `NUIT 7/24`; the part is left out: parts share one number (R18)."""
        return (f"{self.prefix} " if self.prefix else "") + self._numbers("/")

    @property
    def slug(self) -> str:
        """For addresses: `3-39-23`, `20-24`, `nuit-7-24`. `from_slug` reads it."""
        return (f"{self.prefix.lower()}-" if self.prefix else "") + self._numbers("-")

    @property
    def sort_key(self) -> tuple[int, int, str, int, int]:
        """Sorts by integers, so item 10 comes after 9 (R25)."""
        return (self.year, self.meeting or 0, self.prefix, self.item, self.part or 0)

    def _numbers(self, before_year: str) -> str:
        year = f"{self.year % 100:02}" if _two_digit_year(self.year % 100) == self.year else str(self.year)
        item = str(self.item) if self.meeting is None else f"{self.item}-{self.meeting}"
        return f"{item}{before_year}{year}"


_WORD = r"(?i:sak(?:snummer|snr|ene|en|er|s-id)?|case)\.?(?:\s?(?i:nr)\b\.?)?\s{0,3}(?::\s{0,3})?"
_LEAD = r"(?:\(?(?i:ref|jfr?|jamfør|se|cf|viser til)\b\.?:?\s{1,3})?"
_PREFIX = r"(?P<prefix>(?!(?i:saks?|case)\b)[A-ZÆØÅ]{1,6})(?P<series>\s?-?\s?(?i:sak)\b)?(?:\s?-\s?|\s{1,3}|(?=\d))"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_THREE = r"(?P<item>[0-9]{1,4})\s?(?P<first>[-/])\s?(?P<meeting>[0-9]{1,4})\s?(?P<second>[-/])\s?" + _YEAR
_TWO = r"(?P<item>[0-9]{1,4})\s?(?P<first>[-/])\s?" + _YEAR
_TWO_YEAR_FIRST = r"(?P<year>(?:19|20)[0-9]{2})\s?(?P<first>[-/])\s?(?P<item>[0-9]{1,3})"
_SUFFIX = r"(?:\s?(?:\*|[A-ZÆØÅ](?=$|[:.,)])))?"
_PART = r"(?:\s{0,2},?\s{0,2}(?P<open>\()?\s?(?i:del|part)\s{1,2}(?P<part>[0-9]{1,2})\b(?(open)\s?\)))?"
_AFTER = r"(?![\w/]|\s?[-/]\s?[0-9]|[.,:][0-9])"


def _heading(numbers: str) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,9}}{_LEAD}(?P<word>{_WORD})?(?:{_PREFIX})?{numbers}{_SUFFIX}{_AFTER}{_PART}")


_HEAD_THREE = _heading(_THREE)
_HEAD_TWO = _heading(_TWO)
_HEAD_YEAR_FIRST = _heading(_TWO_YEAR_FIRST)
_HEAD_BARE = re.compile(
    rf"\s{{0,9}}{_LEAD}(?P<word>{_WORD}|#\s?)?(?:{_PREFIX})?(?P<item>[0-9]{{1,4}}){_SUFFIX}{_AFTER}{_PART}"
)

_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"}
_BLANKS = {
    ord(blank): " " for blank in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
}
_PLAIN = _DASHES | _BLANKS


def label_problem(text: str) -> str | None:
    """Why `text` cannot be stored as a case number: a sentence to translate, or None.

    Any other text is stored as written (R16); that it is not understood is a warning, not a problem.
    """
    if len(text) > LABEL_MAX:
        return gettext_noop("A case number can have at most 100 characters.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in text):
        return gettext_noop("A case number cannot contain line breaks or invisible characters.")
    return None


def parse(
    text: str, scheme: Scheme | str | None, *, meeting: int | None = None, year: int | None = None
) -> CaseNumber | None:
    """The case number at the head of `text`, or None where it is not certain.

    A bare number (`1`, `Sak 7`) takes `year`, and for an item-in-meeting board also `meeting`, from its context.
    Text after the number is passed over (`Sak 11-36/22: Title`), and so is text around the only reference
    there is (`(see also sak 10/21)`).
    """
    if label_problem(text):
        return None
    if number := split_heading(text, scheme, meeting=meeting, year=year)[0]:
        return number
    references = find_all(text, scheme)
    return references[0][2] if len(references) == 1 else None


def split_heading(
    text: str, scheme: Scheme | str | None, *, meeting: int | None = None, year: int | None = None
) -> tuple[CaseNumber | None, str]:
    """The number at the head of a heading, and the text after it without its colon: `Sak 20/24: Budget`.

    Where no number is read, None and the whole text.
    """
    if scheme is None:
        return None, text
    plain = text.translate(_PLAIN)
    for match, year_first in _candidates(plain, Scheme(scheme)):
        if match and (number := _numbers(match, year_first=year_first)):
            return number, _rest(text, match.end())
    match = _HEAD_BARE.match(plain)
    if match and (number := _bare(match, plain, Scheme(scheme), meeting, year)):
        return number, _rest(text, match.end())
    return None, text


def _candidates(plain: str, scheme: Scheme) -> Iterable[tuple[re.Match[str] | None, bool]]:
    """In the order in which they are tried; the flag says that the year stands first."""
    if scheme is Scheme.PER_MEETING:
        yield _HEAD_THREE.match(plain), False
        two = _HEAD_TWO.match(plain)
        # Two numbers behind a prefix are another board's running number (`NUIT-Sak 7-24`).
        if two and two["prefix"]:
            yield two, False
        return
    yield _HEAD_YEAR_FIRST.match(plain), True
    yield _HEAD_TWO.match(plain), False


def _rest(text: str, end: int) -> str:
    return re.sub(r"^\s*[:–—]?\s*", "", text[end:]).rstrip()


def _numbers(match: re.Match[str], *, year_first: bool = False) -> CaseNumber | None:
    groups = match.groupdict()
    if "second" in groups and groups["first"] == groups["second"]:
        return None
    year = _year(groups["year"])
    item = int(groups["item"])
    meeting = int(groups["meeting"]) if "meeting" in groups else None
    if year is None or item == 0 or meeting == 0:
        return None
    if not year_first and meeting is None and len(groups["item"]) == 4 and groups["item"][:2] in {"19", "20"}:
        return None
    part = int(groups["part"]) if groups["part"] else None
    return CaseNumber(groups["prefix"] or "", item, meeting, year, part)


def _bare(match: re.Match[str], plain: str, scheme: Scheme, meeting: int | None, year: int | None) -> CaseNumber | None:
    """A number that takes its year and meeting from where it stands (`1` to `8` under `#`)."""
    alone = not plain[match.end() :].strip(" .:")
    said = match["word"] or match["series"]
    item = int(match["item"])
    if item == 0 or year is None or not (alone or said):
        return None
    if scheme is Scheme.PER_MEETING and meeting is None:
        return None
    part = int(match["part"]) if match["part"] else None
    return CaseNumber(match["prefix"] or "", item, meeting if scheme is Scheme.PER_MEETING else None, year, part)


def _year(digits: str) -> int | None:
    if len(digits) == 4:
        return int(digits) if 1900 <= int(digits) <= 2099 else None
    return _two_digit_year(int(digits))


def _two_digit_year(short: int) -> int | None:
    """Two and four digits are the same year; 51-79 is more likely an item than a year (`BU 14/72`)."""
    if short <= 50:
        return 2000 + short
    return 1900 + short if short >= 80 else None


_BEFORE = r"(?<![\w/.,:§+-])"
_TIGHT_THREE = r"(?P<item>[0-9]{1,3})(?P<first>[-/])(?P<meeting>[0-9]{1,3})(?P<second>[-/])" + _YEAR
_REFERENCE_THREE = re.compile(rf"{_BEFORE}(?:{_WORD})?(?P<start>)(?:{_PREFIX})?{_TIGHT_THREE}{_AFTER}{_PART}")
_REFERENCE_TWO = re.compile(rf"{_BEFORE}(?P<word>{_WORD})?(?P<start>)(?:{_PREFIX})?{_TWO}{_AFTER}{_PART}")
_AND_ALSO = re.compile(rf"(?P<prefix>)\s?(?:,|;|\bog\b|\bsamt\b|\band\b)\s+(?P<start>){_TWO}{_AFTER}{_PART}")


def find_all(
    text: str, scheme: Scheme | str | None, *, prefixes: Iterable[str] = ()
) -> list[tuple[int, int, CaseNumber]]:
    """The references in running text, as (start, end, number); the word "sak" is outside the span (R22).

    Only what cannot be a date, a time, a paragraph of a law or an amount: three numbers in a row, two numbers
    after the word "sak", or one of the board's own `prefixes` (`PS 12/23`).
    """
    if scheme is None:
        return []
    plain = text.translate(_PLAIN)
    found: list[tuple[int, int, CaseNumber]] = []
    if Scheme(scheme) is Scheme.PER_MEETING:
        found += [_span(match) for match in _REFERENCE_THREE.finditer(plain) if _numbers(match)]
    found += _running(plain, Scheme(scheme), frozenset(prefixes))
    return sorted(found, key=lambda reference: reference[:2])


def _span(match: re.Match[str]) -> tuple[int, int, CaseNumber]:
    number = _numbers(match)
    assert number
    return match.start("start"), match.end(), number


def _running(plain: str, scheme: Scheme, prefixes: frozenset[str]) -> list[tuple[int, int, CaseNumber]]:
    found = []
    for match in _REFERENCE_TWO.finditer(plain):
        if not _is_reference(match, scheme, prefixes) or not _numbers(match):
            continue
        found.append(_span(match))
        # "sakene 38/12, 39/12 og 40/12": the word speaks for the whole row.
        following = _AND_ALSO.match(plain, match.end())
        while following and following["first"] == "/" and _numbers(following):
            found.append(_span(following))
            following = _AND_ALSO.match(plain, following.end())
    return found


def _is_reference(match: re.Match[str], scheme: Scheme, prefixes: frozenset[str]) -> bool:
    if match["prefix"]:
        return bool(match["series"] or match["word"] or match["prefix"] in prefixes)
    if scheme is Scheme.PER_MEETING:
        return False
    if not match["word"]:
        return False
    # "sak 3-12" is more likely a row of cases than the year 2012.
    return match["first"] == "/" or len(match["year"]) == 4


_SLUG = re.compile(r"(?:(?P<prefix>[a-zæøå]{1,6})-)?(?P<numbers>[0-9]{1,4}(?:-[0-9]{1,4}){1,2})")


def from_slug(slug: str, scheme: Scheme | str) -> CaseNumber | None:
    """The number that has this `slug`, or None."""
    match = _SLUG.fullmatch(slug)
    if not match:
        return None
    numbers = match["numbers"].split("-")
    if len(numbers) == 2 and Scheme(scheme) is Scheme.PER_MEETING and not match["prefix"]:
        return None
    if len(numbers) == 3 and Scheme(scheme) is Scheme.PER_YEAR:
        return None
    if len(numbers[-1]) not in {2, 4}:
        return None
    year = _year(numbers[-1])
    item, meeting = int(numbers[0]), int(numbers[1]) if len(numbers) == 3 else None
    if year is None or item == 0 or meeting == 0:
        return None
    return CaseNumber((match["prefix"] or "").upper(), item, meeting, year)


_HOLE = re.compile(r"\{(?P<name>item|meeting|yy|yyyy|roman)(?::0(?P<width>[1-9]))?\}")


def pattern_problem(pattern: str) -> str | None:
    """Why a numbering pattern of a board cannot be used: a sentence to translate, or None."""
    if re.search(r"[{}]", _HOLE.sub("", pattern)):
        return gettext_noop("A pattern can contain {item}, {item:03}, {meeting}, {yy}, {yyyy} and {roman} only.")
    return label_problem(pattern)


def format_number(pattern: str, *, item: int | None = None, meeting: int | None = None, year: int) -> str:
    """A number in the board's own form: `{item}-{meeting}/{yy}` gives `3-39/23`, `{item:03}/{yy}` gives `009/05`.

    Raises ValueError for an unknown placeholder, and where the pattern asks for a number that is not given.
    """
    if problem := pattern_problem(pattern):
        raise ValueError(problem)

    def fill(hole: re.Match[str]) -> str:
        if hole["name"] in {"yy", "yyyy"}:
            return f"{year % 100:02}" if hole["name"] == "yy" else f"{year:04}"
        value = meeting if hole["name"] == "meeting" else item
        if value is None:
            raise ValueError(f"The pattern {pattern} needs a number for {hole['name']}.")
        return roman(value) if hole["name"] == "roman" else str(value).zfill(int(hole["width"] or 0))

    return _HOLE.sub(fill, pattern)
