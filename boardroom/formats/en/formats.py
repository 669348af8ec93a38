"""The day first and twenty-four hours, also in English: 20 April 2026, 12:00."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
# Names of our own, for the templates:
MONTH_DAY_TIME_FORMAT = "j F, H:i"
WEEKDAY_FORMAT = "l j F"
WEEKDAY_DATE_FORMAT = "l j F Y"
