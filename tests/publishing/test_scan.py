import pytest

from publishing.scan import is_identity_number, scan, scan_text

# Synthetic numbers (month + 80), which belong to nobody.


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.found) for one in scan_text(text)]


@pytest.mark.parametrize(
    "written", ["15876500520", "158765 00520", "158765-00520", "158765\u00a000520", "158765.00520", "15.87.65 00520"]
)
def test_a_valid_identity_number_stops_in_every_spelling(written):
    assert [one.is_stop for one in scan_text(f"Fødselsnummer {written} står i saken.")] == [True]


def with_controls(nine: str) -> str | None:
    """The nine digits with the two control digits that belong to them, where there are such."""
    candidates = [f"{nine}{number:02}" for number in range(100)]
    return next((one for one in candidates if is_identity_number(one)), None)


@pytest.mark.parametrize("start", ["550765", "154765", "158765", "554765"])
def test_d_numbers_and_synthetic_numbers_are_identity_numbers_too(start):
    numbers = [with_controls(f"{start}{serial:03}") for serial in range(5, 20)]
    assert any(numbers)


def test_other_eleven_digits_are_a_question():
    assert found("Prosjekt 123456 78901 er avsluttet.") == [("digits", "123456 78901")]


def test_addresses_and_telephones_are_questions():
    text = "Skriv til post@badevann.example eller ring 55 00 41 26, +47 912 34 567."
    assert found(text) == [
        ("email", "post@badevann.example"),
        ("telephone", "55 00 41 26"),
        ("telephone", "+47 912 34 567"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Møtet 20.04.23 kl. 12.00-15.00",
        "2026-09-26",
        "Sak 3-39/23, 4/38-23 og 11-36/22",
        "28. – 29. august 2024",
        "NOK 12 500 000 i 2024",
        "Tidspunkt 12.05-12.15",
    ],
)
def test_dates_times_case_numbers_and_amounts_are_left_alone(text):
    assert found(text) == []


def test_markup_does_not_hide_a_number_and_links_are_read():
    content = {
        "html": '<p>158765<strong> 00520</strong> <a href="mailto:a.b@c.example">skriv</a></p>',
        "created": "2026-09-26",
    }
    assert [(one.kind, one.is_stop) for one in scan(content)] == [("identity", True), ("email", False)]


def test_the_same_words_are_asked_once():
    content = {"one": "ring 55 00 41 26", "two": ["ring 55 00 41 26 igjen"]}
    assert len(scan(content)) == 1
