"""A secretary at a browser that does not give up: what got no answer is sent again, with the same token of the form."""

import time
from contextlib import suppress

import httpx
from lxml import html

from reliability.place import Place
from reliability.story import SECRETARY

PATIENCE = 120  # seconds until an act that gets no answer is given up


class Refused(Exception):
    """The site answered, and not as it does when an act succeeds."""


class Secretary:
    """Signed in as the secretary of the scenarios' board."""

    def __init__(self, place: Place):
        self.place = place
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{place.port}", timeout=30)
        self.slowest = 0.0
        self.broken = self.answered = 0
        page = self._asked("GET", "/sign-in/")
        token = html.fromstring(page.text).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
        self._asked("POST", "/sign-in/demo/", {"username": SECRETARY, "csrfmiddlewaretoken": token})

    def form(self, path: str, **values: str) -> dict[str, str]:
        """The form of the page as it stands, with the values typed in."""
        page = html.fromstring(self._asked("GET", path).text)
        wanted = next(form for form in page.forms if form.method == "POST" and not form.get("action"))
        return dict(wanted.form_values()) | values

    def press(self, path: str, form: dict[str, str]) -> None:
        """The act has succeeded; its time counts. Sent again as often as there is no answer. Raises Refused."""
        began = time.monotonic()
        answer = self._asked("POST", path, form)
        self.slowest = max(self.slowest, self.took or time.monotonic() - began)
        if answer.status_code != 302:
            raise Refused(
                f"{path}: {answer.status_code} {' '.join(html.fromstring(answer.text).text_content().split())[-600:]}"
            )

    def press_once(self, path: str, form: dict[str, str]) -> None:
        """The form is sent to a site that may die of it; whatever the answer, it is not sent again here."""
        with suppress(httpx.TransportError):
            self.client.post(path, data=form)

    def act(self, path: str, **values: str) -> None:
        self.press(path, self.form(path, **values))

    def button(self, path: str) -> None:
        """A press that has no page of its own."""
        self.press(path, {"csrfmiddlewaretoken": self.client.cookies["csrf"]})

    def _asked(self, method: str, path: str, values: dict | None = None) -> httpx.Response:
        deadline, is_first = time.monotonic() + PATIENCE, True
        while True:
            began = time.monotonic()
            try:
                answer = self.client.request(method, path, data=values)
                self.took = time.monotonic() - began
                self.answered += 1
                return answer
            except httpx.TransportError:
                self.broken += is_first
                is_first = False
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
