"""S1: a published page, as the application serves it, against the bare reference; and the answer that nothing has changed."""

from collections.abc import Iterator

from bench.base import Base, line
from bench.serving import asker, compared, product
from bench.world import board_with, secretary_of

TIMES = 120


def run(base: Base) -> Iterator[str]:
    path = published_page()
    application = product()
    ask = asker(application, path)
    status, headers, body = ask()
    assert status == 200, f"{path} answers {status}"
    own, bare = compared(ask, times=TIMES)
    told = f"{len(body) // 1024} kB, {own * 1000:.2f} ms of CPU, reference {bare * 1000:.2f} ms"
    yield line("S1", f"published page {base.vendor}", own / bare, "the bare reference", "2x", told)
    known = {name: headers[other] for name, other in CONDITIONS.items() if other in headers}
    ask = asker(application, path, known)
    status = ask()[0]
    own, bare = compared(ask, times=TIMES)
    told = "" if status == 304 else f"answers {status}, not 304"
    yield line("S1", f"published page not changed {base.vendor}", own / bare, "the bare reference", "1.5x", told)


CONDITIONS = {"if-none-match": "ETag", "if-modified-since": "Last-Modified"}


def published_page() -> str:
    """The address of minutes of ten cases, about 34 kB, that a secretary has published."""
    from django.utils import timezone

    from publishing import publication
    from publishing.models import Document

    board, meeting = board_with("publisert", 10, paragraphs=3)
    document = Document.objects.filter(meeting=meeting, kind="minutes").order_by("-version").first()
    answers = {finding.key: "Skal stå der." for finding in publication.findings(document)}
    by = secretary_of(board, "s1")
    return publication.publish(document, by=by, at=timezone.now(), answers=answers).get_absolute_url()
