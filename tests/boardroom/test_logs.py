import logging
import sys

from boardroom.lib.logs import PlainFormatter


def line(message: str, exc_info=None) -> str:
    record = logging.LogRecord("boardroom", logging.INFO, __file__, 1, message, None, exc_info)
    return PlainFormatter("{levelname} {message}", style="{").format(record)


def test_a_message_stays_on_one_line():
    assert line("first\nINFO forged \x1b[31mred") == "INFO first\\nINFO forged \\x1b[31mred"


def test_norwegian_letters_are_kept():
    assert line("møtebok på Åna") == "INFO møtebok på Åna"


def test_an_exception_shows_where_and_what_kind_but_not_what_it_quotes():
    title = "Closed case"
    try:
        raise ValueError(title)
    except ValueError:
        shown = line("It failed", sys.exc_info())

    assert shown.endswith("builtins.ValueError")
    assert "test_logs.py" in shown
    assert "Closed case" not in shown
