"""Starting: a value in the environment that cannot be used stops every kind of process with one sentence (B25)."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured

BAD_CONFIGURATION = 78  # EX_CONFIG of sysexits.h


@contextmanager
def stop_on_bad_configuration(settings: str = "boardroom.settings") -> Iterator[None]:
    """Names the settings module; inside, ImproperlyConfigured becomes one line on stderr and exit status 78."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    try:
        yield
    except ImproperlyConfigured as wrong:
        print(f"Boardroom cannot start: {wrong}", file=sys.stderr)  # noqa: T201
        sys.exit(BAD_CONFIGURATION)


def explain_bad_configuration() -> None:
    """For programs that read the settings long after their start (Celery): the same sentence instead of a traceback."""
    usual = sys.excepthook

    def hook(kind, value, trace) -> None:
        if isinstance(value, ImproperlyConfigured):
            print(f"Boardroom cannot start: {value}", file=sys.stderr)  # noqa: T201
        else:
            usual(kind, value, trace)

    sys.excepthook = hook
