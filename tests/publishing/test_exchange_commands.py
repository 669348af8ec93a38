"""importrecord and exportrecord as they are typed: exit codes, places, warnings, files."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from boards.models import Board
from publishing.lookup import meeting_of
from tests.publishing.records import SLUG, meeting, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path):
    def write(data, name: str = "record.json") -> str:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return str(path)

    return write


def test_an_import_says_what_it_made_and_warns_on_the_other_channel(write, capsys):
    call_command("importrecord", write(record(meeting(2, "2026-02-12"), meeting(2, "2026-03-12"))))
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"{SLUG}: made:", "  Board: 1", "  Meetings: 2", "  Days of meetings: 2"]
    assert err == (
        "warning R3 /meetings/1/number: The meetings of 2026-02-12 and 2026-03-12 both have the number 2/2026.\n"
    )


def test_the_same_file_twice_in_one_call_is_the_same_as_once(write, capsys):
    path = write(record(meeting(1, "2026-02-12")))
    call_command("importrecord", path, path)
    call_command("importrecord", path)
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"{SLUG}: everything in the file is here already; nothing was changed."
    )


def test_a_dry_run_changes_nothing(write, capsys):
    call_command("importrecord", write(record(meeting(1, "2026-02-12"))), "--dry-run")
    assert capsys.readouterr().out.splitlines()[-1] == "This was a dry run; nothing was changed."
    assert not Board.objects.exists()


def test_a_refused_file_names_file_place_and_fault_and_changes_nothing(write):
    good, bad = write(record(), "good.json"), write(record(meeting(1, "2026-02-31")), "bad.json")
    with pytest.raises(CommandError) as refused:
        call_command("importrecord", good, bad)
    assert str(refused.value).splitlines() == [
        f'{bad}: /meetings/0/days/0/date: "2026-02-31" is not a date of the calendar.',
        "Nothing was changed.",
    ]
    assert refused.value.returncode == 1
    assert not Board.objects.exists()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("importrecord", str(tmp_path / "none.json"))


def test_an_export_is_utf_8_with_two_spaces_and_a_final_newline(write, tmp_path, capsys):
    call_command("importrecord", write(record(meeting(1, "2026-02-12", place="Sjøbua"))))
    target = tmp_path / "out.json"
    call_command("exportrecord", SLUG, "-o", str(target))
    raw = target.read_bytes()
    assert raw.startswith(b'{\n  "format": "boardroom-record",\n  "version": 1,\n  "board": {\n    "slug"')
    assert raw.endswith(b"}\n")
    assert "Sjøbua".encode() in raw
    capsys.readouterr()
    call_command("exportrecord", SLUG)
    assert capsys.readouterr().out.encode() == raw


def test_one_meeting_is_named_by_number_or_by_day(write, tmp_path):
    call_command("importrecord", write(record(meeting(1, "2026-02-12"), meeting(2, "2026-03-12"))))
    for name in ("2/2026", "2026-03-12"):
        target = tmp_path / "one.json"
        call_command("exportrecord", SLUG, "--meeting", name, "-o", str(target))
        assert [one["number"] for one in json.loads(target.read_text())["meetings"]] == ["2/2026"]


def test_a_number_of_several_meetings_is_answered_with_their_days(write):
    call_command("importrecord", write(record(meeting(2, "2026-02-12"), meeting(2, "2026-03-12"))))
    with pytest.raises(CommandError) as refused:
        call_command("exportrecord", SLUG, "--meeting", "2/2026")
    assert str(refused.value) == (
        "“2/2026” is the number of several meetings: 2026-02-12, 2026-03-12. Name one by its date."
    )
    assert meeting_of(Board.objects.get(), "2026-03-12").number == "2/2026"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ukjent"], "There is no board “ukjent”. There are: bryggeradet."),
        ([SLUG, "--meeting", "7/2026"], "bryggeradet has no meeting “7/2026”."),
        ([SLUG, "--meeting", "2026-02-31"], "2026-02-31 is not a date of the calendar."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(write, arguments, sentence):
    call_command("importrecord", write(record(meeting(1, "2026-02-12"))))
    with pytest.raises(CommandError) as refused:
        call_command("exportrecord", *arguments)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("command", [("importrecord", "x.json"), ("exportrecord", SLUG)])
def test_a_database_that_is_behind_is_one_sentence_that_says_migrate(command, monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("boards", False)])
    with pytest.raises(CommandError) as refused:
        call_command(*command)
    assert str(refused.value) == "The database is not up to date: run “manage.py migrate” first."
