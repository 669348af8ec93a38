"""Log lines that neither break nor tell: one line a message, and no values out of failed statements."""

import logging
import traceback


def one_line(text: str) -> str:
    """`text` with line breaks and control characters written out, so that nobody can forge a log line."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)


class PlainFormatter(logging.Formatter):
    """Messages on one line; of an exception the places and the kind, but not its message, which may quote a record."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, exc_info) -> str:
        kind, _value, trace = exc_info
        return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
