"""The trail: written with the act, chained, sealed, and honest about tampering."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from audit import trail
from audit.models import Entry, TrailIsClosed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def secretary(db):
    return get_user_model().objects.create_user("kari", first_name="Kari", last_name="Nordli")


@pytest.fixture
def unsealed(db):
    """The database as an intruder with full rights would have it: nothing stops a change."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_sealed")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")


def change(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def three_lines(secretary) -> None:
    for act in ("meetings.make", "meetings.plan", "meetings.send_call"):
        trail.record(act, secretary, by=secretary, board="museumsstyret", rows=[1, 2], share=0.5, at=NOON)


def test_an_entry_says_who_did_what_to_what_and_when(secretary):
    entry = trail.record("meetings.send_call", secretary, by=secretary, board="museumsstyret", at=NOON, meeting=7)

    entry.refresh_from_db()
    assert (entry.seq, entry.at, entry.actor, entry.actor_name) == (1, NOON, secretary, "Kari Nordli")
    assert (entry.act, entry.object_type, entry.object_id) == ("meetings.send_call", "accounts.user", str(secretary.pk))
    assert (entry.board, entry.payload) == ("museumsstyret", {"meeting": 7})


def test_what_the_system_does_has_no_account(db):
    entry = trail.record("followups.carry", None, by=None)

    assert (entry.actor, entry.actor_name, entry.object_type) == (None, "Boardroom", "")


def test_each_entry_carries_the_hash_of_the_one_before(secretary):
    three_lines(secretary)
    trail.record_many([trail.Line("cases.make", secretary), trail.Line("cases.name", secretary)], by=secretary)

    entries = list(Entry.objects.all())
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in entries] == ["", *[entry.hash for entry in entries[:-1]]]
    assert trail.verify() == []
    assert trail.head() == (5, entries[-1].hash)


def test_objects_refuse_to_be_changed_or_removed(secretary):
    entry = trail.record("meetings.make", secretary, by=secretary)

    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(act="x")):
        with pytest.raises(TrailIsClosed):
            attempt()

    assert trail.verify() == []


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET act = 'nothing'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_remove_entries(secretary, sql):
    trail.record("meetings.make", secretary, by=secretary)

    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        change(sql)

    assert list(Entry.objects.values_list("act", flat=True)) == ["meetings.make"]


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        ("UPDATE audit_entry SET act = 'x' WHERE seq = 2", ["Entry 2 was changed after it was written."]),
        ("UPDATE audit_entry SET actor_name = 'x' WHERE seq = 1", ["Entry 1 was changed after it was written."]),
        ("UPDATE audit_entry SET payload = '{}' WHERE seq = 3", ["Entry 3 was changed after it was written."]),
        ("DELETE FROM audit_entry WHERE seq = 2", ["Entries 2 to 2 are missing."]),
        ("DELETE FROM audit_entry WHERE seq = 3", ["Entries 3 to 3 are missing from the end."]),
        (
            "UPDATE audit_entry SET seq = 4 WHERE seq = 3",
            ["Entries 3 to 3 are missing.", "Entry 4 was changed after it was written."],
        ),
    ],
)
def test_tampering_is_found_and_named(secretary, unsealed, sql, faults):
    three_lines(secretary)
    noted = trail.head()

    change(sql)

    assert trail.verify(since=noted) == faults


def test_a_chain_built_anew_is_found_by_the_head_that_was_noted(secretary, unsealed):
    three_lines(secretary)
    noted = trail.head()

    change("DELETE FROM audit_entry")
    three_lines(secretary)
    trail.record("meetings.hold", secretary, by=secretary)
    assert trail.verify() == []
    change("DELETE FROM audit_entry WHERE seq > 2")
    trail.record("meetings.cancel", secretary, by=secretary)

    assert trail.verify(since=noted) == ["Entry 3 is not the entry that was noted down."]


@pytest.mark.django_db(transaction=True)
def test_an_entry_stands_or_falls_with_the_act():
    with pytest.raises(TransactionManagementError):
        trail.record("meetings.make", None, by=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        trail.record("meetings.make", None, by=None)
        raise RuntimeError("the act failed")

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_seal_in_place():
    """The flush between tests lifts it on SQLite; the test above committed nothing, so this one looks and commits."""
    with transaction.atomic():
        trail.record("meetings.make", None, by=None)

    with pytest.raises(DatabaseError, match="never changed or removed"):
        change("DELETE FROM audit_entry")
