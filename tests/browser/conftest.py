"""What the browser tests share: patience, and that none leaves pages behind or ends while the server still answers it."""

import threading
import time

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import expect

from tests.browser.journey import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)


class Answering:
    """How many requests are being answered."""

    def __init__(self):
        self.number = 0
        self.lock = threading.Lock()

    def begin(self, **_sent) -> None:
        with self.lock:
            self.number += 1

    def end(self, **_sent) -> None:
        with self.lock:
            self.number -= 1


@pytest.fixture(autouse=True)
def quiet_server(browser):
    """The tables are emptied only when no page asks for more, and what the last ones asked for is answered."""
    answering = Answering()
    request_started.connect(answering.begin)
    request_finished.connect(answering.end)
    yield
    for context in browser.contexts:
        context.close()
    until = time.monotonic() + PATIENCE
    while answering.number > 0 and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(answering.begin)
    request_finished.disconnect(answering.end)
