"""Clock times as Norwegian boards write them (requirements 1.3, R31), and moments in Norwegian local time."""

import datetime
import re
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

OSLO = ZoneInfo("Europe/Oslo")

_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2})(?:[.:]00)?)?|(?P<run>[0-9]{3,4})")
_SAID = re.compile(r"^(?:kl\b\.?|klokken|klokka|at)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|\btil\b|\bto\b)\s*", re.IGNORECASE)


def parse_clock(text: str, *, bare_hour: bool = False) -> datetime.time:
    """The time written as `12.00`, `12:00`, `kl. 13.15`, `kl 13.55`, `kl. 9` or `1300`.

    `bare_hour`: `12` alone is an hour too, as in a field that asks for a time and nothing else.
    Raises ValueError with a sentence for the user; 24:00 has its own (reliability 4).
    """
    written = " ".join(text.split())
    bare = _SAID.sub("", written)
    match = _CLOCK.fullmatch(bare)
    if not match or (not match["minute"] and not match["run"] and bare == written and not bare_hour):
        raise ValueError(_refusal(written))
    hour, minute = _hour_and_minute(match)
    if (hour, minute) == (24, 0):
        raise ValueError(
            _("%(time)s is not a clock time. Write 00:00 of the next day, or 23:59.") % {"time": _short(bare)}
        )
    if hour > 23 or minute > 59:
        raise ValueError(_refusal(written))
    return datetime.time(hour, minute)


def parse_range(text: str) -> tuple[datetime.time, datetime.time | None]:
    """Start and end of `12:00-15.00` or `kl. 1300-1430`; the end is None where only a start is written.

    An end before the start is not refused here: only the caller knows what it means.
    Raises ValueError with a sentence.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) > 2:
        raise ValueError(_refusal(" ".join(text.split())))
    start = parse_clock(parts[0])
    if len(parts) == 1:
        return start, None
    said = "" if _SAID.match(parts[1]) or not _SAID.match(parts[0]) else "kl. "
    return start, parse_clock(said + parts[1])


def format_time(moment: datetime.time, separator: str = ".") -> str:
    """`12.00`, or `12:00`, or `1300` where the layout has an empty separator."""
    return f"{moment:%H}{separator}{moment:%M}"


def format_range(start: datetime.time | None, end: datetime.time | None, separator: str = ".") -> str:
    """`12.00-12.05` with hyphen-minus and no blanks; the start alone without an end; empty without a start."""
    if start is None:
        return ""
    if end is None:
        return format_time(start, separator)
    return f"{format_time(start, separator)}-{format_time(end, separator)}"


def is_within(time: datetime.time, begins: datetime.time | None, ends: datetime.time | None) -> bool:
    """Whether the time lies in the hours from `begins` to `ends`, which may go over midnight; without both there are none."""
    if begins is None or ends is None:
        return False
    return begins <= time < ends if begins <= ends else time >= begins or time < ends


def local_moment(date: datetime.date, time: datetime.time) -> datetime.datetime:
    """That date and time in Norway; the first of the two where the clock is put back in autumn (`is_double`).

    Raises ValueError with a sentence for a time that the change to summer time leaves out (reliability F23).
    """
    moment = datetime.datetime.combine(date, time.replace(fold=0, tzinfo=None), tzinfo=OSLO)
    there_and_back = moment.astimezone(datetime.UTC).astimezone(OSLO)
    if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(
            _("%(time)s on %(date)s does not exist: the clock is put forward to summer time.")
            % {"time": format_time(time), "date": f"{date:%d.%m.%Y}"}
        )
    return moment


def is_double(date: datetime.date, time: datetime.time) -> bool:
    """Whether that time comes twice on that date, as at the end of summer time."""
    moment = datetime.datetime.combine(date, time.replace(fold=0, tzinfo=None), tzinfo=OSLO)
    return moment.utcoffset() > moment.replace(fold=1).utcoffset()


def _hour_and_minute(match: re.Match[str]) -> tuple[int, int]:
    if match["run"]:
        return int(match["run"][:-2]), int(match["run"][-2:])
    return int(match["hour"]), int(match["minute"] or 0)


def _refusal(written: str) -> str:
    if not written:
        return _("Write a clock time such as 12.00.")
    return _("%(time)s is not a clock time. Write it as 12.00, 12:00 or kl. 12.00.") % {"time": _short(written)}


def _short(written: str) -> str:
    return written if len(written) <= 40 else written[:39] + "…"
