"""Clock times with a point, as the documents have them: 20. april 2026 kl. 12.00."""

DATETIME_FORMAT = r"j. F Y \k\l. H.i"
TIME_FORMAT = "H.i"
# Names of our own, for the templates:
MONTH_DAY_TIME_FORMAT = r"j. F \k\l. H.i"
WEEKDAY_FORMAT = "l j. F"
WEEKDAY_DATE_FORMAT = "l j. F Y"
