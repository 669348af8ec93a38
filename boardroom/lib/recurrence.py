"""The dates of a rule such as «the third Thursday of every other month» (dateutil counts, by RFC 5545)."""

import datetime
from dataclasses import dataclass

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

LAST = -1


@dataclass(frozen=True)
class Monthly:
    """The `place`th weekday (0 Monday; place -1: the last) of every `every`th month, counted from the first month."""

    weekday: int
    place: int = 1
    every: int = 1


@dataclass(frozen=True)
class Weekly:
    """Every `every`th week from the day `begins` on; its weekday is that day's."""

    begins: datetime.date
    every: int = 2


def days_of(
    rule: Monthly | Weekly, first: datetime.date, last: datetime.date, without: frozenset[int] = frozenset()
) -> list[datetime.date]:
    """The rule's days from `first` to `last`, both included, in order; those in the months `without` are left out.

    A month that is left out is still counted: every other month from January without July is January, March, May,
    September.
    """
    if last < first:
        return []
    until = datetime.datetime.combine(last, datetime.time.max)
    if isinstance(rule, Monthly):
        start = datetime.datetime.combine(first.replace(day=1), datetime.time())
        found = rrule(
            MONTHLY, dtstart=start, until=until, interval=rule.every, byweekday=weekday(rule.weekday)(rule.place)
        )
    else:
        start = datetime.datetime.combine(rule.begins, datetime.time())
        found = rrule(WEEKLY, dtstart=start, until=until, interval=rule.every)
    days = [moment.date() for moment in found]
    return [day for day in days if day >= first and day.month not in without]
