"""S4: one edit saved, with its line in the trail, against the bare reference; and eight editors at once against one."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from time import monotonic

from bench.base import Base, line
from bench.serving import Ask, in_turns, product, reference
from bench.world import board_with, drafted, secretary_of, signed_in, writing

EDITORS, SAVES = 8, 40


def run(base: Base) -> Iterator[str]:
    board, meeting = board_with("lagring", 10)
    drafted(meeting)
    who = writing(signed_in(secretary_of(board, "s4")))
    here = f"/boards/{board.slug}/meetings/{meeting.slug}/"
    with reference() as bare, product() as own:
        acts = {"block": block_of(own, here, meeting, 0, who), "row": moved_row(own, here, meeting, who)}
        found = in_turns({"bare": Ask(bare, "/"), **acts})
        for name, words in (("block", "a block saved"), ("row", "an agenda row of ten moved")):
            told = f"{found[name] * 1000:.1f} ms of CPU, reference {found['bare'] * 1000:.2f} ms"
            ratio = found[name] / found["bare"]
            yield line("S4", f"{words} {base.vendor}", ratio, "the bare reference", "15x", told)
        editors = [block_of(own, here, meeting, number, who) for number in range(EDITORS)]
        alone = times(editors[:1])
        together = times(editors)
    p50, p99 = median(alone), quantiles(together, n=100)[98]
    told = f"{p50 * 1000:.0f} ms alone, {p99 * 1000:.0f} ms at the 99th percentile, {len(together)} saved, none refused"
    yield line("S4", f"eight editors {base.vendor}", p99 / p50, "the median of one editor", "20x", told)


def block_of(own, here: str, meeting, number: int, who: dict) -> Ask:
    """A text block of one case that is saved as an editor saves by itself, each time with another text."""
    from minutes.models import Block

    item = meeting.minutes.items.exclude(row=None)[number]
    block = Block.objects.filter(item=item, type="text").first()
    values = {"version": block.version, "label": "", "html": "<p>Rådet drøftet saken.</p>", "autosave": "1"}
    return Ask(own, f"{here}minutes/blocks/{block.pk}/edit/", who, values, next_version)


def next_version(ask: Ask, _body: bytes, headers: dict) -> None:
    told = {name.lower(): value for name, value in headers.items()}.get("hx-trigger", "{}")
    ask.values["version"] = json.loads(told)["kept"]["version"]
    ask.values["html"] = f"<p>Rådet drøftet saken, versjon {ask.values['version']}.</p>"


def moved_row(own, here: str, meeting, who: dict) -> Ask:
    """A row that goes down one place and up again."""
    row = meeting.agenda_rows.filter(kind="case")[4]
    return Ask(own, f"{here}agenda/rows/{row.pk}/move/", who, {"steps": "1"}, turn_about)


def turn_about(ask: Ask, _body: bytes, _headers: dict) -> None:
    ask.values["steps"] = "-1" if ask.values["steps"] == "1" else "1"


def times(asks: list[Ask]) -> list[float]:
    """Seconds that each of so many saves took, every editor saving one after the other."""

    def one(ask: Ask) -> list[float]:
        taken = []
        for _save in range(SAVES):
            start = monotonic()
            status = ask()[0]
            assert status < 400, f"{ask.path} answers {status}"
            taken.append(monotonic() - start)
        return taken

    with ThreadPoolExecutor(len(asks)) as pool:
        return [seconds for taken in pool.map(one, asks) for seconds in taken]
