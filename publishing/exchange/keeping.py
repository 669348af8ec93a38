"""A file between «show me what it would make» and «save»: kept on disk for its uploader, for a day."""

import hashlib
import os
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

KEPT_FOR = timedelta(days=1)
_NAME = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    return Path(settings.BOARDROOM_DATA) / "imports"


def keep(raw: bytes, user, *, at: datetime) -> str:
    """The file lies on disk for this user; its SHA-256. Files of the day before are gone."""
    sha = hashlib.sha256(raw).hexdigest()
    goal = _path(sha, user)
    goal.parent.mkdir(parents=True, exist_ok=True)
    _forget_old(at)
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(raw)
    os.replace(name, goal)
    return sha


def kept(sha: str, user) -> bytes | None:
    """The file with this hash that the user uploaded, or None."""
    if not _NAME.fullmatch(sha):
        return None
    try:
        raw = _path(sha, user).read_bytes()
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == sha else None


def forget(sha: str, user) -> None:
    _path(sha, user).unlink(missing_ok=True)


def _path(sha: str, user) -> Path:
    return folder() / f"{user.pk}-{sha}.json"


def _forget_old(at: datetime) -> None:
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < (at - KEPT_FOR).timestamp():
                path.unlink()
        except OSError:
            continue
