"""S3: working pages of someone signed in against a plain template render of the same size, and their queries as rows grow."""

from collections.abc import Iterator

from bench.base import Base, in_turns, line
from bench.serving import asker, product
from bench.world import board_with, secretary_of, signed_in

TIMES = 12
# What a plain page of the same size is made of: rows of six values in 40 words of markup.
ROW = """<tr class="row-{{ row.number }}"><th scope="row" class="case-number">
<a class="ds-link" href="{{ row.address }}">{{ row.label }}</a></th>
<td class="row-title"><p class="block-type">{{ row.kind }}</p><div class="rich-text">{{ row.text }}</div></td>
<td><span class="ds-tag" data-color="info">{{ row.state }}</span></td><td><details class="menu">
<summary aria-label="More"><span aria-hidden="true">⋯</span></summary>
<div class="menu-body"><ul class="links"><li>Change</li></ul></div></details></td></tr>
"""


def run(base: Base) -> Iterator[str]:
    from django.test.utils import CaptureQueriesContext

    application = product()
    sizes = {}
    for cases in (10, 100):
        board, meeting = board_with(f"arbeid-{cases}", cases)
        who = signed_in(secretary_of(board, f"s3-{cases}"))
        here = f"/boards/{board.slug}/meetings/{meeting.slug}/"
        sizes[cases] = {
            "meeting desk": asker(application, here, who),
            "agenda": asker(application, f"{here}agenda/", who),
            "minutes": asker(application, f"{here}minutes/", who),
        }
    for name, ask in sizes[10].items():
        queries = {}
        for cases, asks in sizes.items():
            with CaptureQueriesContext(connection()) as seen:
                status, _headers, _body = asks[name]()
            assert status == 200, f"{name} answers {status}"
            queries[cases] = len(seen)
        size = len(ask()[2])
        found = in_turns({"page": ask, "plain": plain_page(size)}, times=TIMES, rounds=5)
        told = f"{size // 1024} kB, {found['page'] * 1000:.0f} ms of CPU, {queries[10]} queries for 10 rows, {queries[100]} for 100"
        floor = "a plain template render of the same size"
        yield line("S3", f"{name} of 10 cases {base.vendor}", found["page"] / found["plain"], floor, "1.5x", told)


def connection():
    from django.db import connection

    return connection


def plain_page(size: int):
    """A function that renders a page of about so many bytes by Django's templates, from values that lie ready."""
    from django.template import engines

    template = engines["django"].from_string(
        "<!doctype html><html lang='nb'><head><title>{{ title }}</title></head><body><main><table>"
        "{% for row in rows %}" + ROW + "{% endfor %}</table></main></body></html>"
    )
    one = {
        "number": 1,
        "address": "/boards/arbeid/meetings/1-2026/",
        "label": "3-41/26",
        "kind": "Beslutning",
        "text": "Rådet slutter seg til planen, med de innspillene som kom fram i møtet.",
        "state": "Utkast",
    }
    row_size = len(template.render({"title": "Møte", "rows": [one, one]})) - len(
        template.render({"title": "Møte", "rows": [one]})
    )
    values = {"title": "Møte", "rows": [one] * max(1, size // row_size)}
    return lambda: template.render(values).encode()
