"""Requests in this process through WSGI, as a server makes them: every middleware, every signal, and the whole body read."""

from collections.abc import Callable
from contextlib import contextmanager
from io import BytesIO


def asker(application, path: str, headers: dict[str, str] | None = None) -> Callable[[], tuple[int, dict, bytes]]:
    """A function that asks for the page and returns status, headers and body."""
    said = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **said,
    }

    def ask() -> tuple[int, dict, bytes]:
        seen = {}

        def start_response(status, headers, exc_info=None):
            seen["status"], seen["headers"] = int(status.split()[0]), dict(headers)

        answer = application({**environ, "wsgi.input": BytesIO()}, start_response)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return seen["status"], seen["headers"], body

    return ask


@contextmanager
def reference():
    """Within the block the process is the reference; its WSGI application."""
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings

    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="bench.reference"):
        yield get_wsgi_application()


def product():
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def compared(ask: Callable, *, times: int, rounds: int = 5) -> tuple[float, float]:
    """CPU seconds of the page and of the reference, measured in turns; the medians."""
    from statistics import median

    from bench.base import cpu

    own, bare = [], []
    for _round in range(rounds):
        cpu(ask, times // 4)
        own.append(cpu(ask, times))
        with reference() as application:
            ask_bare = asker(application, "/")
            cpu(ask_bare, times // 4)
            bare.append(cpu(ask_bare, times))
    return median(own), median(bare)
