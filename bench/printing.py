"""S6: minutes of about 12 and 60 pages as PDF against WeasyPrint alone on the same HTML, each in a warm process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import records
from bench.base import Base, line

SIZES = {12: (8, 6), 60: (39, 8)}  # pages wished for -> (cases, paragraphs a case)
PRODUCT, ALONE = "product", "alone"


def run(base: Base) -> Iterator[str]:
    for _pages, (cases, paragraphs) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "minutes.html"
            path.write_text(html_of(cases, paragraphs), encoding="utf-8")
            found = {way: measured(way, path) for way in (PRODUCT, ALONE)}
        pages, own, alone = found[PRODUCT]["pages"], found[PRODUCT], found[ALONE]
        told = f"{own['seconds']:.1f} s of CPU, {own['memory']} MB at most, WeasyPrint alone {alone['memory']} MB"
        yield line("S6", f"PDF of {pages} pages", own["seconds"] / alone["seconds"], "WeasyPrint alone", "1.3x", told)


def html_of(cases: int, paragraphs: int) -> str:
    """The HTML of approved minutes with so many cases, as it is frozen at import."""
    from django.db import transaction

    from publishing.exchange.importing import import_record
    from publishing.models import Document
    from publishing.printing.rendering import render_html

    with transaction.atomic():
        import_record(records.record(1, cases, slug="trykk", paragraphs=paragraphs))
        content = Document.objects.get(board__slug="trykk", kind="minutes").content
        transaction.set_rollback(True)
    return render_html(content)


def measured(way: str, path: Path) -> dict:
    """CPU seconds of the second rendering in a process that has made one, its pages, and the most memory it had."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.printing", way, path], capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout.splitlines()[-1])


def child(way: str, path: Path) -> None:
    import resource
    import time

    html = path.read_text(encoding="utf-8")
    make = product() if way == PRODUCT else alone()
    make(html)
    start = time.process_time()
    data = make(html)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "pages": pages_of(data)}))


def product():
    from django.conf import settings

    settings.configure(NODE_MODULES=Path(__file__).resolve().parents[1] / "node_modules")
    from publishing.pdf import produce

    return produce


def alone():
    import logging

    from weasyprint import HTML

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return lambda html: HTML(string=html).write_pdf()


def pages_of(data: bytes) -> int:
    ran = subprocess.run(["qpdf", "--show-npages", "-"], input=data, capture_output=True, check=False)
    if ran.returncode == 0:
        return int(ran.stdout)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return int(subprocess.run(["qpdf", "--show-npages", file.name], capture_output=True, check=True).stdout)


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2]))
