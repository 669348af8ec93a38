"""Clock times with a point, as the documents have them: 20. april 2026 kl. 12.00."""

DATETIME_FORMAT = r"j. F Y \k\l. H.i"
TIME_FORMAT = "H.i"
