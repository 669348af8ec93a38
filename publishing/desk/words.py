"""How days and counts are said on the desk: near days by name, farther ones in working days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, get_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from boardroom.lib.workdays import working_days_between
from meetings.models import Meeting

SOON = 2
SHORT_MONTH = 5
COUNTED_DAYS = 20  # working days that are told one by one
LATE, NEAR = "late", "soon"


@dataclass(frozen=True)
class Marked:
    """A sentence with the one word in it that counts."""

    before: str
    word: str
    after: str
    level: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.word}{self.after}"


def marked(sentence: str, word: str, level: str = "", **values) -> Marked:
    """The sentence with `word` at the place of %(when)s and the values at theirs."""
    before, _place, after = (sentence % {"when": "\0", **values}).partition("\0")
    return Marked(before, word, after, level)


def level_of(due: date | None, today: date) -> str:
    """`late` for a day that is past, `soon` for one within two working days, else nothing."""
    if due is None:
        return ""
    if due < today:
        return LATE
    return NEAR if working_days_between(today, due) <= SOON else ""


def on(day: date | None) -> str:
    """20. april"""
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def brief(day: date | None) -> str:
    """20. april, and 20. nov. of the longer months, where there is little room."""
    if day is None:
        return ""
    month = "F" if len(date_format(day, "F")) <= SHORT_MONTH else "N"
    return date_format(day, get_format("MONTH_DAY_FORMAT").replace("F", month))


def near(day: date, today: date) -> str:
    """«today», «tomorrow», «yesterday», else the date."""
    names = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return names.get((day - today).days) or on(day)


def with_weekday(day: date, today: date) -> str:
    """fredag 10. april, or «tomorrow»."""
    return near(day, today) if abs((day - today).days) < 2 else f"{date_format(day, 'l')} {on(day)}"


def distance(day: date, today: date) -> str:
    """«in 8 working days», «7 working days ago», «tomorrow»; «in 11 weeks» from a month on, where nobody counts days."""
    if abs((day - today).days) < 2:
        return near(day, today)
    days = working_days_between(today, day)
    if days < 0:
        return ngettext("%(number)s working day ago", "%(number)s working days ago", -days) % {"number": -days}
    if days > COUNTED_DAYS:
        weeks = (day - today).days // 7
        return ngettext("in %(number)s week", "in %(number)s weeks", weeks) % {"number": weeks}
    return ngettext("in %(number)s working day", "in %(number)s working days", days) % {"number": days}


def moment(at: datetime | None, day: date, today: date) -> str:
    """When something came: «yesterday at 15.20», and the bare date of what is older."""
    if at is None or (today - day).days > 1:
        return on(day)
    told = {"day": near(day, today), "time": time_format(timezone.localtime(at), "TIME_FORMAT")}
    return _("%(day)s at %(time)s") % told


def meeting_name(meeting: Meeting) -> str:
    """Meeting 41, without the year; one without a number by its date."""
    return _("Meeting %(number)s") % {"number": meeting.sequence or meeting.number or brief(meeting.first_day)}


def short_name(board) -> str:
    return board.short_name or board.name


def deadlines_in_week(number: int, is_next_week: bool) -> str:
    """«Two deadlines this week.»"""
    names = [
        pgettext("how many", "no"), pgettext("how many", "one"), pgettext("how many", "two"),
        pgettext("how many", "three"), pgettext("how many", "four"), pgettext("how many", "five"),
        pgettext("how many", "six"), pgettext("how many", "seven"), pgettext("how many", "eight"),
    ]  # fmt: skip
    counted = (names[number] if number < len(names) else str(number)).capitalize()
    if is_next_week:
        told = ngettext("%(number)s deadline next week.", "%(number)s deadlines next week.", number)
    else:
        told = ngettext("%(number)s deadline this week.", "%(number)s deadlines this week.", number)
    return told % {"number": counted}
