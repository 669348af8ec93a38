"""The press: PDFs are made in a process of their own, within limits of time and memory (reliability.md 1, B12).

One attendant a process is started at the first document and stays warm; every document gets a fork of it, so
what a document does to memory or time ends with it. The attendant has no threads, so forking it is safe
wherever the press is used, and it leaves when the process that started it does.
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SECONDS = 60
MEMORY = 1 << 30
STARTING = 30
_SIZE = struct.Struct(">Q")
_DONE, _FAILED = b"P", b"E"
_TOO_LONG = f"The PDF was not finished in {SECONDS} seconds. Is a text or a table very large?"
_STOPPED = f"It needs more than the {MEMORY >> 30} GB of memory or the {SECONDS} seconds that one document may take."


class RenderingFailed(Exception):
    """No PDF was made; the message says why in a sentence."""


class Press:
    """Makes one document at a time; safe to use from several threads and after a fork."""

    def __init__(self, program: str):
        self._program = program
        self._process: subprocess.Popen | None = None
        self._lock = threading.Lock()
        os.register_at_fork(after_in_child=self._begin_anew)

    def render(self, html: str, *, folder: Path, environment: Mapping[str, str]) -> bytes:
        """What the attendant makes of the HTML. Raises RenderingFailed."""
        with self._lock:
            process = self._attendant(folder, environment)
            try:
                data = html.encode()
                process.stdin.write(_SIZE.pack(len(data)) + data)
                process.stdin.flush()
                answer = _receive(process.stdout.fileno(), time.monotonic() + SECONDS + STARTING)
            except (OSError, EOFError) as error:
                self._dismiss()
                raise RenderingFailed("The PDF could not be made: the process that makes it has stopped.") from error
            except TimeoutError as error:
                self._dismiss()
                raise RenderingFailed(_TOO_LONG) from error
        if answer[:1] != _DONE:
            raise RenderingFailed(answer[1:].decode(errors="replace"))
        return answer[1:]

    def _attendant(self, folder: Path, environment: Mapping[str, str]) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", self._program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=folder,
                env={**os.environ, **environment},
            )
        return self._process

    def _dismiss(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _begin_anew(self) -> None:
        """A forked process starts an attendant of its own."""
        self._process = None
        self._lock = threading.Lock()


def attend(warm: Callable[[], None], produce: Callable[[str], bytes]) -> None:
    """The attendant's life: documents from standard input, one answer each, until its owner leaves."""
    output = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    trouble = None
    try:
        warm()
    except RenderingFailed as error:
        trouble = _FAILED + str(error).encode()
    while True:
        try:
            html = _receive(0, None)
        except EOFError:
            return
        answer = trouble or _in_fork(html.decode(), produce)
        _send(output, answer)


def _in_fork(html: str, produce: Callable[[str], bytes]) -> bytes:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _one_document(html, produce, writer)
    os.close(writer)
    try:
        return _receive(reader, time.monotonic() + SECONDS)
    except TimeoutError:
        return _FAILED + _TOO_LONG.encode()
    except EOFError:
        return _FAILED + f"The PDF could not be made. {_STOPPED}".encode()
    finally:
        os.close(reader)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _one_document(html: str, produce: Callable[[str], bytes], writer: int) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        answer = _DONE + produce(html)
    except MemoryError:
        answer = _FAILED + f"The PDF could not be made. {_STOPPED}".encode()
    except RecursionError:
        answer = _FAILED + b"The PDF could not be made. Its text is nested too deeply."
    except BaseException as error:
        answer = _FAILED + f"The PDF could not be made. {type(error).__name__}: {error}"[:500].encode()
    try:
        _send(writer, answer)
    finally:
        os._exit(0)


def _send(handle: int, data: bytes) -> None:
    with os.fdopen(os.dup(handle), "wb") as stream:
        stream.write(_SIZE.pack(len(data)) + data)


def _receive(handle: int, deadline: float | None) -> bytes:
    """One message. Raises EOFError where the other side is gone, TimeoutError where it takes too long."""
    (size,) = _SIZE.unpack(_exactly(handle, _SIZE.size, deadline))
    return _exactly(handle, size, deadline)


def _exactly(handle: int, size: int, deadline: float | None) -> bytes:
    chunks = []
    while size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([handle], [], [], left)[0]:
                raise TimeoutError
        chunk = os.read(handle, min(size, 1 << 20))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
