"""What the browser tests share: none ends while the server still answers it."""

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
def quiet_server():
    """The tables are emptied only when what the closed browsers asked for last is answered."""
    answering = Answering()
    request_started.connect(answering.begin)
    request_finished.connect(answering.end)
    yield
    until = time.monotonic() + 2
    while answering.number > 0 and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(answering.begin)
    request_finished.disconnect(answering.end)
