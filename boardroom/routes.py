"""The route table (reliability.md 2.5): every URL name with its audience, act and object kind. Each app brings its part."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from django.urls import URLPattern, URLResolver, get_resolver

from boardroom.lib.route import Route

APPS = ("publishing", "followups", "minutes", "meetings", "cases", "signin", "mail", "boards", "accounts")

OWN = {
    "home": Route("signed-in"),
    "my_page": Route("signed-in"),
    "language": Route("signed-in", methods=("POST",)),
    "language_on_device": Route("public"),
    "accessibility": Route("public"),
    "health": Route("public"),
}


@cache
def table() -> dict[str, Route]:
    """All rows. Raises ValueError when two apps claim one name."""
    rows = dict(OWN)
    for app in APPS:
        part = import_module(f"{app}.routes").ROUTES
        if double := rows.keys() & part.keys():
            raise ValueError(f"{app}/routes.py repeats {', '.join(sorted(double))}.")
        rows |= part
    return rows


def route_of(name: str | None) -> Route | None:
    """The row of a URL name, or None: then the route is closed to visitors, and a test fails."""
    return table().get(name or "")


def named_paths() -> list[tuple[str, str]]:
    """Every (URL name, path) the resolver knows, in the resolver's order."""
    return list(walk(get_resolver(), "/", ""))


def walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, path, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield namespace + (entry.name or ""), path
