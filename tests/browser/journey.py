"""People at their browsers: signing in, the words on the pages they use, and what they do with their hands."""

import re
import time
from collections.abc import Callable

from accounts.models import User
from tests import factories

PHONE = {"width": 390, "height": 844}
PATIENCE = 30  # seconds
SHOWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


class Visitor:
    """Someone with a browser of their own; complaints of its console are kept."""

    def __init__(self, browser, server: str, viewport: dict | None = None):
        self.server = server
        self.context = browser.new_context(locale="en-GB", viewport=viewport or {"width": 1280, "height": 900})
        self.context.add_cookies([{"name": "language", "value": "en", "url": server}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.asked: set = set()  # what the page waits for
        self.page.on("request", lambda one: self.asked.add(one))
        for end in ("requestfinished", "requestfailed"):
            self.page.on(end, lambda one: self.asked.discard(one))
        self.page.on(
            "domcontentloaded", lambda _page: self.asked.clear()
        )  # those of the page before are never answered
        self.complaints: list[str] = []
        self.page.on("console", self._hear)

    def _hear(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> None:
        self.page.goto(self.server + path)

    def press(self, name: str, **options) -> None:
        """The button or link of that name, which there is one of, on a page that is ready."""
        self.page.wait_for_load_state()
        found = self.page.get_by_role("button", name=name, **options).or_(
            self.page.get_by_role("link", name=name, **options)
        )
        found.locator("visible=true").first.click()

    def sends(self, name: str, **options) -> None:
        """Presses what loads a page, and waits for it."""
        with self.page.expect_navigation():
            self.press(name, **options)

    def sees(self, text: str) -> None:
        """The text stands on the page, and the page's scripts have come."""
        self.page.get_by_text(text).locator("visible=true").first.wait_for()
        self.page.wait_for_load_state()

    def settles(self) -> None:
        """All the page asked for has come and is shown. (`networkidle` tells of the page's first moments only.)"""
        self.page.wait_for_load_state()
        for _again in range(2):  # an answer may ask for more
            comes(self.page, lambda: [one.url for one in self.asked], [])
            self.page.evaluate(SHOWN)

    def text(self) -> str:
        return self.page.locator("main").inner_text()


class Member(Visitor):
    """A visitor who signs in."""

    def __init__(self, browser, server: str, user: User, viewport: dict | None = None):
        super().__init__(browser, server, viewport)
        self.go("/sign-in/")
        self.page.get_by_label("Username").fill(user.username)
        self.page.get_by_label("Password").fill(factories.PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(rf"{re.escape(server)}/(desk|my)/$"))


def write(place, text: str) -> None:
    """Types into the rich text editor in `place`."""
    editor = place.locator("[contenteditable=true]").first
    editor.click()
    editor.press("Control+End")
    editor.press_sequentially(text)


def comes(page, read: Callable, wanted) -> None:
    """Returns when `read` gives what is wanted; the page goes on meanwhile."""
    until = time.monotonic() + PATIENCE
    while (found := read()) != wanted:
        assert time.monotonic() < until, found
        page.wait_for_timeout(50)


def drag(page, handle, target, landed, at: tuple[int, int] = (40, 2)) -> None:
    """Drags by the handle over the target, and lets go when `landed` finds what is dragged in its new place."""
    handle.hover()
    page.mouse.down()
    until = time.monotonic() + PATIENCE
    step = 0
    while not landed.count():
        assert time.monotonic() < until, "What is dragged does not come into its place."
        box = target.bounding_box()
        page.mouse.move(box["x"] + at[0], box["y"] + at[1] + step % 3, steps=5)
        step += 1
    page.mouse.up()
