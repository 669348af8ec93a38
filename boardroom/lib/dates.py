"""Dates as they are written and printed in Norwegian, nynorsk and English (requirements 1.3, R6, R115).

The language is that of the document, so the names stand here and not in the translations of the screens.
"""

import calendar
import datetime
import re
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_NORWEGIAN = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": _ENGLISH}
WEEKDAYS = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
EARLIEST, LATEST = 1900, 2100

_MONTH_NUMBERS = {name.lower(): number for names in MONTHS.values() for number, name in enumerate(names, start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in list(_MONTH_NUMBERS.items())}
_DAY_NAMES = "|".join(sorted({name.lower() for names in WEEKDAYS.values() for name in names}))

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMBERS = re.compile(r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})(?:\.\s?(?P<year>[0-9]{4}|[0-9]{2})?)?")
_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\.?\s?(?P<month>[a-z]{3,9})\.?(?:\s(?P<year>[0-9]{4}|[0-9]{2}))?")


def parse_date(text: str, *, year: int | None = None) -> datetime.date:
    """The date written as `20.04.23`, `5.3.2021`, `8. februar 2024`, `8 February 2024` or `2024-02-08`.

    `year` is taken where none is written (`11. april`). Two digits to 50 are this century.
    Raises ValueError with a sentence for the user (reliability 4).
    """
    written = " ".join(text.split())
    plain = re.sub(rf"^(?:{_DAY_NAMES})(?:\s?,)?\s(?:den\s)?", "", written.lower())
    match = _ISO.fullmatch(plain) or _NUMBERS.fullmatch(plain) or _WORDS.fullmatch(plain)
    month = _month(match["month"]) if match else None
    if not match or month is None:
        raise ValueError(_not_a_date(written))
    day = int(match["day"])
    if match["year"] is None and year is None:
        _refuse_impossible(day, month, 2024, written, with_year=False)
        raise ValueError(_("%(date)s has no year. Write it as 20.04.2023.") % {"date": _short(written)})
    if match["year"] is not None:
        year = _full_year(match["year"])
    return _date(year, month, day, written)


def parse_compact_date(text: str) -> datetime.date:
    """The date in a file name: `210215` (year first), `20210215` or `23022021` (day first).

    Raises ValueError with a sentence where no such date exists.
    """
    digits = text.strip()
    forms = {6: [(0, 2, 4, 2)], 8: [(0, 4, 6, 4), (4, 2, 0, 4)]}.get(len(digits), [])
    for year_at, month_at, day_at, year_length in forms if re.fullmatch(r"[0-9]+", digits) else []:
        year = _full_year(digits[year_at : year_at + year_length])
        month, day = int(digits[month_at : month_at + 2]), int(digits[day_at : day_at + 2])
        if EARLIEST <= year <= LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return datetime.date(year, month, day)
    raise ValueError(_not_a_date(digits))


def date_doubt(date: datetime.date, today: datetime.date) -> str | None:
    """A question to the user about a date far from `today`, or None. It warns and never blocks."""
    if date.year - today.year > 10:
        return _("The date is more than ten years ahead. Is that right?")
    if today.year - date.year > 50:
        return _("The date is more than fifty years back. Is that right?")
    return None


def format_date(date: datetime.date, language: str = "nb") -> str:
    """`20. april 2023` in nb and nn, `20 April 2023` in en (R115)."""
    return f"{_day_and_month(date, language)} {date.year}"


def format_dates(dates: Iterable[datetime.date], language: str = "nb") -> str:
    """First to last as one range: `28. – 29. august 2024`, `30. april – 1. mai 2024` (R6); empty for no dates."""
    days = sorted(set(dates))
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        return format_date(first, language)
    if first.year != last.year:
        return f"{format_date(first, language)} – {format_date(last, language)}"
    if first.month != last.month:
        return f"{_day_and_month(first, language)} – {format_date(last, language)}"
    return f"{_day(first, language)} – {format_date(last, language)}"


def short_date(date: datetime.date) -> str:
    """`20.04.23`."""
    return f"{date.day:02}.{date.month:02}.{date.year % 100:02}"


def month_name(date: datetime.date, language: str = "nb") -> str:
    return MONTHS[language][date.month - 1]


def weekday_name(date: datetime.date, language: str = "nb") -> str:
    return WEEKDAYS[language][date.weekday()]


def _day(date: datetime.date, language: str) -> str:
    return str(date.day) if language == "en" else f"{date.day}."


def _day_and_month(date: datetime.date, language: str) -> str:
    return f"{_day(date, language)} {month_name(date, language)}"


def _month(written: str) -> int | None:
    return int(written) if written.isdigit() else _MONTH_NUMBERS.get(written)


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= 50 else 1900)


def _date(year: int, month: int, day: int, written: str) -> datetime.date:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(
            _("The year %(year)s is outside %(earliest)s to %(latest)s.")
            % {"year": year, "earliest": EARLIEST, "latest": LATEST}
        )
    _refuse_impossible(day, month, year, written, with_year=True)
    return datetime.date(year, month, day)


def _refuse_impossible(day: int, month: int, year: int, written: str, *, with_year: bool) -> None:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError(_not_a_date(written))
    if day <= calendar.monthrange(year, month)[1]:
        return
    name = MONTHS.get((get_language() or "en")[:2], _NORWEGIAN)[month - 1]
    if with_year:
        raise ValueError(_("%(day)s %(month)s does not exist in %(year)s.") % {"day": day, "month": name, "year": year})
    raise ValueError(_("%(day)s %(month)s does not exist.") % {"day": day, "month": name})


def _not_a_date(written: str) -> str:
    if not written:
        return _("Write a date such as 20.04.2023.")
    return _("%(date)s is not a date. Write it as 20.04.2023 or 20. april 2023.") % {"date": _short(written)}


def _short(written: str) -> str:
    return written if len(written) <= 40 else written[:39] + "…"
