"""Norwegian public holidays by name, and the days around them when a board seldom meets."""

import datetime
from functools import lru_cache

from dateutil.easter import easter
from django.utils.translation import gettext, gettext_lazy

_NAMES = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Maundy Thursday": gettext_lazy("Maundy Thursday"),
    "Good Friday": gettext_lazy("Good Friday"),
    "Easter Sunday": gettext_lazy("Easter Sunday"),
    "Easter Monday": gettext_lazy("Easter Monday"),
    "Labor Day": gettext_lazy("Labour Day"),
    "Ascension Day": gettext_lazy("Ascension Day"),
    "Constitution Day": gettext_lazy("Constitution Day"),
    "Pentecost": gettext_lazy("Whit Sunday"),
    "Pentecost Monday": gettext_lazy("Whit Monday"),
    "Christmas Day": gettext_lazy("Christmas Day"),
    "Second Day of Christmas": gettext_lazy("Boxing Day"),
}


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[datetime.date, str]:
    from holidays.countries.norway import Norway  # read when first asked for: not every process shows a calendar

    return dict(Norway(years=year, language="en_US"))


def holiday_name(day: datetime.date) -> str:
    """The holidays of the day in the reader's language («Whit Sunday»), or nothing."""
    found = _holidays(day.year).get(day, "")
    return ", ".join(str(_NAMES.get(name, name)) for name in found.split("; ") if name)


def meeting_doubt(day: datetime.date) -> str:
    """Why a board would hardly meet that day: a holiday, a weekend, the week before Easter, Christmas; or nothing."""
    if name := holiday_name(day):
        return gettext("%(name)s is a public holiday.") % {"name": name}
    if day.weekday() >= 5:
        return gettext("The day is a Saturday.") if day.weekday() == 5 else gettext("The day is a Sunday.")
    if 0 < (easter(day.year) - day).days < 7:
        return gettext("The day is in the week before Easter.")
    if (day.month, day.day) >= (12, 24):
        return gettext("The day is between Christmas and New Year.")
    return ""
