"""What the tests of the live minutes press, and how they read the answers."""

import re

HTMX = {"HX-Request": "true"}


def text(response) -> str:
    return response.content.decode()


def words(response) -> str:
    """What is read, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response)))


def begin(secretary, item, **data):
    return secretary.post(f"{item.minutes.get_absolute_url()}cases/{item.pk}/begin/", data)


def shown_case(response) -> str:
    return re.search(r'id="title-(\d+)"', text(response))[1]


def is_before(page: str, first: str, second: str) -> bool:
    return page.index(first) < page.index(second)


def press(secretary, address, one, what, **data):
    return secretary.post(f"{address}people/{one.pk}/press/", {"press": what, **data}, headers=HTMX)
