"""State changes: a table of transitions with guards that answer in sentences why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext


class TransitionRefused(Exception):
    """The act cannot be done now; `reasons` are sentences for the person who asked."""

    def __init__(self, reasons: Iterable[str]):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


Guard = Callable[[object], Iterable[str]]


@dataclass(frozen=True)
class Transition:
    """`sources` -> `target`, held back by guards that each yield sentences."""

    name: str
    sources: frozenset[str]
    target: str
    refusal: str
    guards: tuple[Guard, ...] = field(default=())

    def obstacles(self, obj) -> list[str]:
        """Why `obj` may not take this transition now; empty when it may."""
        if obj.state not in self.sources:
            return [str(self.refusal)]
        return [str(reason) for guard in self.guards for reason in guard(obj)]


def advance(obj, transition: Transition, **stamps) -> None:
    """Move `obj`, or raise TransitionRefused and leave everything as it was.

    The UPDATE names the state it expects to find, so of two concurrent callers exactly one wins, on SQLite too.
    """
    if reasons := transition.obstacles(obj):
        raise TransitionRefused(reasons)
    moved = type(obj)._base_manager.filter(pk=obj.pk, state=obj.state).update(state=transition.target, **stamps)
    if not moved:
        raise TransitionRefused([gettext("Someone else changed this a moment ago. Reload and look again.")])
    obj.refresh_from_db(fields=["state", *stamps])
