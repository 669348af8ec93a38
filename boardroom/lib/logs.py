"""Log lines that neither break nor tell: one line a message, and no values out of failed statements."""

import logging
import re
import traceback

# What follows these in an address lets somebody in, or shows something, without signing in.
KEYS = re.compile(r"(/(?:follow-ups/link|sign-in/link|invitation)/|/calendar/(?=[^/\s]+\.ics))[^/\s?]+")


def one_line(text: str) -> str:
    """`text` with line breaks and control characters written out, so that nobody can forge a log line."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)


def without_keys(text: str) -> str:
    """`text` with the key of every address that is one cut away, so that nobody who reads the log can use it."""
    return KEYS.sub(r"\1…", text)


class PlainFormatter(logging.Formatter):
    """Messages on one line, without keys; of an exception the places and the kind, not its message: it may quote a record."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = without_keys(one_line(record.message))
        return super().formatMessage(record)

    def formatException(self, exc_info) -> str:
        kind, _value, trace = exc_info
        return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
