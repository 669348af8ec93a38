"""The day first and twenty-four hours, also in English: 20 April 2026, 12:00."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
