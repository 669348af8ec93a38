"""Working days in Norway: Monday to Friday without the public holidays of the law.

Christmas Eve, New Year's Eve and the Wednesday before Easter are working days here, though many offices close early: only
the days named in the acts on public holidays and on 1 and 17 May are left out (lov om helligdager § 2, lov om 1. og 17. mai).
"""

import datetime
from functools import lru_cache

SATURDAY = 5


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[datetime.date]:
    from holidays.countries.norway import Norway  # read when first asked for: not every process counts days

    return frozenset(Norway(years=year))


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open: no Saturday, no Sunday, no public holiday."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def working_days_after(day: datetime.date, n: int) -> datetime.date:
    """The `n`th working day after `day`; 0 is `day` itself, or the first working day after one that is none."""
    return _moved(day, n, 1)


def working_days_before(day: datetime.date, n: int) -> datetime.date:
    """The `n`th working day before `day`; 0 is `day` itself, or the last working day before one that is none."""
    return _moved(day, n, -1)


@lru_cache(maxsize=4096)
def working_days_between(a: datetime.date, b: datetime.date) -> int:
    """How many working days `b` comes after `a`, `a` not counted; negative where `b` is first."""
    if b < a:
        return -working_days_between(b, a)
    first, last = a.toordinal() + 1, b.toordinal() + 1
    return sum(is_working_day(datetime.date.fromordinal(number)) for number in range(first, last))


def next_working_days(start: datetime.date, n: int) -> list[datetime.date]:
    """The first `n` working days from `start` on, `start` itself where it is one."""
    days: list[datetime.date] = []
    while len(days) < n:
        days.append(working_days_after(days[-1], 1) if days else working_days_after(start, 0))
    return days


def _moved(day: datetime.date, n: int, step: int) -> datetime.date:
    if n < 0:
        raise ValueError("Count the other way instead.")
    one = datetime.timedelta(days=step)
    while n > 0:
        day += one
        n -= is_working_day(day)
    while not is_working_day(day):
        day += one
    return day
