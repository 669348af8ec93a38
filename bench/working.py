"""S3: working pages of someone signed in against a plain template render of the same size, and their queries as rows grow."""

from collections.abc import Callable, Iterator

from bench.base import Base, cpu, line
from bench.serving import Ask, in_turns, plain, product
from bench.world import board_with, drafted, secretary_of, signed_in

TIMES = 40


def run(base: Base) -> Iterator[str]:
    pages = {cases: pages_of(cases) for cases in (10, 100)}
    with plain() as floor, product() as own:
        for name, (path, who) in pages[10].items():
            ask = Ask(own, path, who)
            status, _headers, body = ask()
            assert status == 200, f"{name} answers {status}"
            found = in_turns({"page": ask, "plain": Ask(floor, f"/rendered/{len(body)}/")})
            again = cpu(rendered_again(path, who), TIMES)
            counts = [queries(*pages[cases][name]) for cases in pages]
            told = f"{len(body) // 1024} kB, {found['page'] * 1000:.1f} ms of CPU, "
            told += f"{counts[0]} queries for 10 rows, {counts[1]} for 100; "
            told += f"{found['page'] / again:.1f}x of its own templates from values that lie ready"
            ratio = found["page"] / found["plain"]
            yield line("S3", f"{name} {base.vendor}", ratio, "a plain template render of the same size", "1.5x", told)


def rendered_again(path: str, who: dict) -> Callable[[], str]:
    """A function that renders the page's own templates once more, from the values its view gave them."""
    from django.test import Client
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    answer = Client().get(path, headers=who)
    template, context = answer.templates[0], answer.context[0]
    teardown_test_environment()
    template.render(context)
    return lambda: template.render(context)


def pages_of(cases: int) -> dict[str, tuple[str, dict]]:
    """The addresses of a board's working pages, each with the headers of its secretary."""
    board, meeting = board_with(f"arbeid-{cases}", cases)
    drafted(meeting)
    who = signed_in(secretary_of(board, f"s3-{cases}"))
    here = f"/boards/{board.slug}/meetings/{meeting.slug}/"
    paths = {"desk": "/desk/", "meeting": here, "agenda": f"{here}agenda/", "minutes": f"{here}minutes/"}
    return {name: (path, who) for name, path in paths.items()}


def queries(path: str, who: dict) -> int:
    """How many queries the page asks, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert Client().get(path, headers=who).status_code == 200, path
    return len(seen)
