"""Where mail that came back is read from: a file, a Maildir, or a mailbox on an IMAP server."""

import imaplib
import mailbox
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds
AT_ONCE = 500
WANTED = '(UNSEEN HEADER "Content-Type" "delivery-status")'

Take = Callable[[bytes], object]


def read(url: str, take: Take) -> int:
    """`take` has had every message that waits at the address of BOUNCES_URL; how many.

    In a mailbox on a server only unread delivery reports are fetched, and marked as read once they are taken, so that
    what people wrote stays unread. In a Maildir what is taken moves from new to cur; an mbox is read as a whole.
    """
    parts = urlsplit(url)
    if parts.scheme in {"imap", "imaps"}:
        return _from_server(parts, take)
    return read_path(Path(unquote(parts.path)), take)


def read_path(path: Path, take: Take) -> int:
    """As `read`, for a file of one or many messages, or a Maildir. FileNotFoundError where there is nothing."""
    if path.is_dir():
        return _from_maildir(path, take)
    count = 0
    for raw in _of_file(path.read_bytes(), path):
        take(raw)
        count += 1
    return count


def _of_file(raw: bytes, path: Path) -> Iterator[bytes]:
    if not raw.startswith(b"From "):
        yield raw
        return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


def _from_maildir(path: Path, take: Take) -> int:
    box = mailbox.Maildir(path, create=False)
    waiting = [(key, message) for key, message in box.iteritems() if message.get_subdir() == "new"][:AT_ONCE]
    for key, message in waiting:
        take(box.get_bytes(key))
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
    return len(waiting)


def _from_server(parts, take: Take) -> int:
    server = _connect(parts)
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        server.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"')
        _ok, found = server.uid("SEARCH", None, WANTED)
        numbers = (found[0] or b"").split()[:AT_ONCE]
        for number in numbers:
            _ok, answer = server.uid("FETCH", number.decode(), "(BODY.PEEK[])")
            for part in answer:
                if isinstance(part, tuple):
                    take(part[1])
            server.uid("STORE", number.decode(), "+FLAGS.SILENT", r"(\Seen)")
        return len(numbers)
    finally:
        server.logout()


def _connect(parts) -> imaplib.IMAP4:
    if parts.scheme == "imap":
        return imaplib.IMAP4(parts.hostname, parts.port or 143, timeout=TIMEOUT)
    secure = ssl.create_default_context()
    return imaplib.IMAP4_SSL(parts.hostname, parts.port or 993, ssl_context=secure, timeout=TIMEOUT)
