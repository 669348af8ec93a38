"""Whatever the schema allows goes in and comes out again, to the byte."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from boards.models import Board
from publishing.exchange.exporting import as_text, export_record
from publishing.exchange.importing import import_record
from publishing.exchange.shape import in_order, pruned
from publishing.exchange.validating import RecordRefused
from tests.publishing.generated import records, sparse_records


def exported(record: dict) -> tuple[dict, object]:
    """The export of an otherwise empty database into which the record was imported, and what a second import does."""
    with transaction.atomic():
        import_record(record)
        again = import_record(record)
        out = export_record(Board.objects.get())
        transaction.set_rollback(True)
    return out, again


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_export_import_export_is_the_same_file_and_a_second_import_changes_nothing(record):
    first, again = exported(record)
    second, _again = exported(first)
    assert as_text(second) == as_text(first)
    assert first == in_order(pruned(record))
    assert again.is_nothing_new


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=sparse_records())
def test_whatever_the_schema_allows_is_imported_or_refused_in_words(record):
    with transaction.atomic():
        try:
            import_record(record)
        except RecordRefused as refused:
            assert all(problem.sentence for problem in refused.problems)
        transaction.set_rollback(True)
