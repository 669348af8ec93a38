"""A file that is no record is refused with the place and a sentence, and nothing is changed."""

import json

import pytest

from publishing.exchange.validating import RecordRefused, check, read
from tests.publishing.records import case, item, meeting, minutes, record, text


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def faults(data) -> list[str]:
    with pytest.raises(RecordRefused) as refused:
        check(data) if not isinstance(data, bytes) else read(data)
    return [str(problem) for problem in refused.value.problems]


def test_a_small_record_is_valid():
    check(record(meeting(1, "2026-03-02", agenda=[case("1-1/26", "Bryggen")])))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"{", "/: The file is not valid JSON (line 1, column 2)."),
        (b"\xff\xfe{}", "/: The file is not UTF-8 text (byte 1)."),
        (b'{"a": NaN}', "/: The file is not valid JSON: NaN is not a number"),
        (b'{"a": 1, "a": 2}', "/: The file is not valid JSON: the key “a” stands twice in one object"),
        (b"[" * 100_000, "/: The file is nested too deeply to be a record."),
        (b"[]", "/: [] is not an object."),
        (b'{"format": "boardroom-record", "version": 1}', "/: “board” is missing."),
    ],
)
def test_what_is_no_json_or_no_record_is_said_so(raw, sentence):
    assert faults(raw) == [sentence]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"days": [{"date": "2026-02-30"}]}, '/meetings/0/days/0/date: "2026-02-30" is not a date of the calendar.'),
        ({"days": [{"date": "2026-02-03\n"}]}, '/meetings/0/days/0/date: "2026-02-03\\n" is not a date as YYYY-MM-DD.'),
        ({"days": []}, "/meetings/0/days: The list must have at least 1 entry."),
        ({"sequence": 0}, "/meetings/0/sequence: 0 is less than 1."),
        ({"place": 7}, "/meetings/0/place: 7 is not a text or null."),
        ({"venue": "Naustet"}, "/meetings/0: The format has no key “venue” here."),
        (
            {"state": "done"},
            '/meetings/0/state: "done" is not one of: tentative, planned, called, held, closed, cancelled, postponed.',
        ),
        ({"place": "Nau\x00stet"}, "/meetings/0/place: The text has a character that cannot be stored (position 4)."),
        (
            {"place": "Nau\u202estet"},
            "/meetings/0/place: The text has an invisible character that turns the reading direction.",
        ),
        ({"place": "Nau\ud800stet"}, "/meetings/0/place: The text has a character that cannot be stored (position 4)."),
    ],
)
def test_a_fault_has_its_place_and_a_sentence(change, sentence):
    faulty = record(meeting(1, "2026-03-02") | change)
    found = faults(faulty)
    assert sentence in found


def test_a_block_is_judged_as_what_its_type_says_it_is():
    blocks = [
        {"type": "text"},
        {"type": "decision", "kind": "agreed"},
        {"type": "poem", "html": "x"},
        text("<p>Ja.</p>"),
    ]
    found = faults(record(meeting(1, "2026-03-02", minutes=minutes(item("1-1/26", *blocks)))))
    at = "/meetings/0/minutes/items/0/blocks"
    assert found[0] == f"{at}/0: “html” is missing."
    assert found[1].startswith(f'{at}/1/kind: "agreed" is not one of: approved, endorsed,')
    assert found[2].startswith(f'{at}/2: "poem" is not one of: text, decision, follow-up,')
    assert len(found) == 3


def test_a_list_of_more_than_ten_thousand_rows_is_refused():
    rows = [case(None, "Sak")] * 10_001
    assert faults(record(meeting(1, "2026-03-02", agenda=rows))) == [
        "/meetings/0/agenda: The list has 10001 entries; at most 10000 are possible."
    ]


def test_a_byte_order_mark_is_no_fault():
    raw = b"\xef\xbb\xbf" + json.dumps(record()).encode()
    assert read(raw) == record()
