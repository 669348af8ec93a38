"""S10: the import of a board's ten years against validating the JSON and writing the same rows with bulk inserts."""

import json
import time
from collections.abc import Iterator

from bench import records
from bench.base import Base, line

MEETINGS, CASES = 60, 10


def run(base: Base) -> Iterator[str]:
    from publishing.exchange import importing, validating

    raw = json.dumps(records.record(MEETINGS, CASES, slug="ti-ar"), ensure_ascii=False).encode()
    validating.read(json.dumps(records.record(1, 1)).encode())
    start = time.process_time(), time.perf_counter()
    importing.import_record(validating.read(raw))
    product = time.process_time() - start[0]
    seconds = time.perf_counter() - start[1]
    floor, rows = floor_of(raw)
    told = f"{seconds:.1f} s for {MEETINGS} meetings, {MEETINGS * CASES} cases, {rows} rows"
    yield line("S10", f"import {base.vendor}", product / floor, "validating and bulk inserts", "10x", told)


def floor_of(raw: bytes) -> tuple[float, int]:
    """CPU seconds of the floor, and how many rows it wrote: every row the import made, put into the empty database."""
    from django.db import transaction
    from jsonschema import Draft202012Validator

    from publishing.exchange.shape import schema

    made = rows_made()
    start = time.process_time()
    data = json.loads(raw)
    assert not list(Draft202012Validator(schema()).iter_errors(data))
    with transaction.atomic(using="floor"):
        for model, objects in made:
            model._base_manager.using("floor").bulk_create(objects, batch_size=500)
    return time.process_time() - start, sum(len(objects) for _model, objects in made)


def rows_made() -> list[tuple[type, list]]:
    """The rows of every model, parents before children, ready to be written elsewhere."""
    from django.apps import apps
    from django.core.serializers import sort_dependencies

    own = ("boards", "cases", "meetings", "minutes", "followups", "publishing", "jobs", "audit")
    groups = [(apps.get_app_config(label), None) for label in own]
    found = []
    for model in sort_dependencies(groups, allow_cycles=True):
        if objects := list(model._base_manager.using("default").all()):
            for one in objects:
                one._state.adding, one._state.db = True, None
            found.append((model, [one for one in objects if not is_given(model)]))
    return [(model, objects) for model, objects in found if objects]


def is_given(model: type) -> bool:
    """Rows that a migration writes stand in both databases."""
    return model.__name__ == "LegalBasis"
