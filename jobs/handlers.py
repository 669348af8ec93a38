"""Who does which kind of work. An app registers its handlers in its own `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .models import Job
from .progress import Later, Part

Finish = Callable[[], Part | Later | None]
Work = Callable[[dict, Job], Finish | Part | Later | None]
AfterFailure = Callable[[dict, str, datetime | None], object]


@dataclass(frozen=True)
class Handler:
    kind: str
    work: Work
    transactional: bool
    after_failure: AfterFailure | None = None
    label: str = ""


_handlers: dict[str, Handler] = {}


def handler(kind: str, *, label: str = "", transactional: bool = True, after_failure: AfterFailure | None = None):
    """Register the decorated `work(payload, job)` for jobs of `kind`; `label` is what people read (gettext_lazy).

    Transactional work runs in the very transaction that marks the job done: all of it stands, or none.
    With `transactional=False` the work runs before, outside any transaction and under a lease that is renewed (for
    slow things such as rendering), and returns a callable which runs in that transaction to write the effect down.
    Long work returns a `jobs.progress.Part` for each part of it, and is called again until it returns something else.
    `after_failure(payload, error, again_at)` runs in the transaction that puts the job off, or gives it up (None).
    """

    def register(work: Work) -> Work:
        known = _handlers.get(kind)
        if known and (known.work.__module__, known.work.__qualname__) != (work.__module__, work.__qualname__):
            raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
        _handlers[kind] = Handler(kind, work, transactional, after_failure, label)
        return work

    return register


def find(kind: str) -> Handler:
    """The handler; KeyError when this release knows none."""
    return _handlers[kind]


def kinds() -> list[str]:
    """The kinds of work this release can do. Others stay queued for a release that can (reliability.md F27)."""
    return sorted(_handlers)


def label(kind: str) -> str:
    """What people read; the kind itself where this release does not know it, or its handler has no words."""
    return str((_handlers[kind].label if kind in _handlers else "") or kind)


def labels() -> dict[str, str]:
    """Every kind with its words, in the reader's language."""
    return {kind: label(kind) for kind in kinds()}
