import json

from django.core.management import call_command

from boardroom.lib.route import AUDIENCES
from boardroom.routes import named_paths, route_of, table
from boards.roles import ACTS

METHODS = {"GET", "POST"}


def test_every_address_has_a_name_and_a_row():
    assert [(name, path) for name, path in named_paths() if not name or route_of(name) is None] == []


def test_every_row_has_an_address():
    assert sorted(table().keys() - {name for name, _path in named_paths()}) == []


def test_rows_use_only_known_words():
    wrong = [
        name
        for name, row in table().items()
        if row.audience not in AUDIENCES or (row.act and row.act not in ACTS) or not set(row.methods) <= METHODS
    ]
    assert wrong == []


def test_a_row_for_a_board_names_the_kind_of_object():
    assert [name for name, row in table().items() if row.audience == "board" and not row.object] == []


def test_the_list_has_the_agreed_shape(capsys):
    call_command("list_routes", "--json")
    rows = json.loads(capsys.readouterr().out)

    assert {tuple(row) for row in rows} == {("name", "path", "methods", "audience", "act", "object")}
    assert {"name": "health", "path": "/health/", "methods": ["GET", "HEAD"]}.items() <= next(
        row for row in rows if row["name"] == "health"
    ).items()
    assert len(rows) == len(named_paths())
