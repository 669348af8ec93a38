"""S1: a published page, as the application serves it, against the bare reference; and the answer that nothing has changed."""

from collections.abc import Iterator

from bench.base import Base, line
from bench.serving import Ask, in_turns, product, reference
from bench.world import board_with, secretary_of

CONDITIONS = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}


def run(base: Base) -> Iterator[str]:
    path = published_page()
    with reference() as bare, product() as own:
        whole = Ask(own, path)
        status, headers, body = whole()
        assert status == 200, f"{path} answers {status}"
        headers = {name.lower(): value for name, value in headers.items()}
        known = {name: headers[other.lower()] for name, other in CONDITIONS.items() if other.lower() in headers}
        unchanged = Ask(own, path, known)
        status = unchanged()[0]
        found = in_turns({"bare": Ask(bare, "/"), "whole": whole, "unchanged": unchanged})
    told = f"{len(body) // 1024} kB, {found['whole'] * 1000:.2f} ms of CPU, reference {found['bare'] * 1000:.2f} ms"
    yield line("S1", f"published page {base.vendor}", found["whole"] / found["bare"], "the bare reference", "2x", told)
    told = "" if status == 304 else f"answers {status}, not 304"
    ratio = found["unchanged"] / found["bare"]
    yield line("S1", f"published page not changed {base.vendor}", ratio, "the bare reference", "1.5x", told)


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
