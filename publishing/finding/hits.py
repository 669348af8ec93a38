"""One thing that was found, and the groups that hits are shown in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from boardroom.lib.matching import marked

AT_MOST = 6


@dataclass(frozen=True)
class Hit:
    """Something to go to (`url`), or a button of the page to press (`press`, a selector). `label` is a case number."""

    title: str
    url: str = ""
    facts: str = ""
    label: str = ""
    press: str = ""
    parts: tuple[str, str, str] = field(default=("", "", ""), compare=False)


@dataclass(frozen=True)
class Group:
    """Hits of one kind under a heading."""

    key: str
    heading: str
    hits: list[Hit]


def hit(title: str, asked, **fields) -> Hit:
    """A hit with what was typed marked in its title."""
    return Hit(title, parts=marked(title, asked.folded), **fields)


def told(*facts: str) -> str:
    """The second line of a hit, without what is empty."""
    return ", ".join(filter(None, facts))


def best(hits: Iterable[Hit], asked, at_most: int = AT_MOST) -> list[Hit]:
    """The first ones, those whose title begins as typed before the rest."""
    return sorted(hits, key=lambda one: not asked.opens(one.title))[:at_most]
