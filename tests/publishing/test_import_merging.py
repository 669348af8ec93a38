"""Several files of one board: an import adds, and never blanks or overwrites what is there."""

import pytest

from boards.models import Board, Seat
from meetings.models import AgendaRow, Meeting, Paper
from minutes.models import Block, Minutes
from publishing.exchange.exporting import export_record
from publishing.exchange.importing import import_record, import_records
from publishing.models import Document
from tests.publishing.records import approves, case, item, meeting, minutes, record, text

pytestmark = pytest.mark.django_db
AGENDA = [case("1-1/26", "Kaien"), case("2-1/26", "Bøyer")]


def merged(outcome) -> list[str]:
    return [warning.pointer for warning in outcome.warnings if warning.code == "MERGE"]


def test_meetings_of_one_day_are_one_meeting_and_lists_are_taken_where_there_was_none():
    import_record(record(meeting(1, "2026-02-12") | {"number": None, "sequence": None}))
    outcome = import_record(
        record(meeting(1, "2026-02-12", place="Naustet", agenda=AGENDA, papers=[{"title": "Kart", "label": "2-1/26"}]))
    )
    found = Meeting.objects.get()
    assert (found.number, found.place, found.agenda_rows.count()) == ("1/2026", "Naustet", 2)
    assert Paper.objects.get().row.title == "Bøyer"
    assert merged(outcome) == []


def test_another_number_on_the_same_day_is_another_meeting():
    import_record(record(meeting(1, "2026-02-12")))
    import_record(record(meeting(2, "2026-02-12")))
    assert Meeting.objects.count() == 2


def test_what_differs_is_kept_and_warned_of():
    import_record(record(meeting(1, "2026-02-12", place="Naustet", agenda=AGENDA)))
    other = meeting(1, "2026-02-12", place="Fyret", agenda=[case("1-1/26", "Kaia"), AGENDA[1], case("3-1/26", "Ny")])
    outcome = import_record(record(other))
    assert merged(outcome) == ["/meetings/0/place", "/meetings/0/agenda/0/title", "/meetings/0/agenda/2"]
    assert Meeting.objects.get().place == "Naustet"
    assert list(AgendaRow.objects.order_by("order").values_list("title", flat=True)) == ["Kaien", "Bøyer"]


def test_what_a_file_leaves_out_blanks_nothing():
    seats = [{"person": "Ada Berg", "role": "chair", "title": "Leder"}]
    import_record(record(meeting(1, "2026-02-12", place="Naustet", agenda=AGENDA), memberships=seats))
    before = export_record(Board.objects.get())
    outcome = import_record(
        record(meeting(1, "2026-02-12", agenda=[]), memberships=[{"person": "Ada Berg", "role": "chair"}])
    )
    assert (merged(outcome), outcome.is_nothing_new) == ([], True)
    assert export_record(Board.objects.get()) == before


def test_with_update_the_files_values_are_taken():
    import_record(
        record(
            meeting(1, "2026-02-12", place="Naustet", agenda=AGENDA),
            memberships=[{"person": "Ada Berg", "role": "member"}],
        )
    )
    rows = [case("1-1/26", "Kaia", presenters=[{"person": "Bo Vik"}]), AGENDA[1], case("3-1/26", "Ny")]
    later = record(
        meeting(1, "2026-02-12", place="Fyret", agenda=rows),
        memberships=[{"person": "Ada Berg", "role": "chair"}, {"person": "Bo Vik", "role": "member"}],
    )
    outcome = import_record(later, update=True)
    assert merged(outcome) == []
    assert Meeting.objects.get().place == "Fyret"
    assert list(AgendaRow.objects.order_by("order").values_list("title", flat=True)) == ["Kaia", "Bøyer", "Ny"]
    assert list(Seat.objects.order_by("order").values_list("name", "role")) == [
        ("Ada Berg", "chair"),
        ("Bo Vik", "member"),
    ]
    assert import_record(later, update=True).is_nothing_new


def test_with_update_a_drafts_texts_are_taken():
    import_record(record(meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", text("<p>Ja.</p>")), state="draft"))))
    said = minutes(item("1-1/26", text("<p>Nei.</p>"), text("<p>Og mer.</p>")), item("2-1/26"), state="draft")
    import_record(record(meeting(1, "2026-02-12", minutes=said)), update=True)
    assert list(Block.objects.order_by("order").values_list("html", flat=True)) == ["<p>Nei.</p>", "<p>Og mer.</p>"]
    assert export_record(Board.objects.get())["meetings"][0]["minutes"] == said | {
        "items": [said["items"][0], {"label": "2-1/26"}]
    }


def test_issued_minutes_are_not_updated():
    import_record(record(meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", text("<p>Ja.</p>"))))))
    said = minutes(item("1-1/26", text("<p>Nei.</p>")))
    outcome = import_record(record(meeting(1, "2026-02-12", minutes=said)), update=True)
    assert merged(outcome) == ["/meetings/0/minutes/items/0/blocks/0/html"]
    assert Block.objects.get().html == "<p>Ja.</p>"
    assert Document.objects.count() == 1


def test_issued_minutes_that_get_their_text_are_issued_again():
    import_record(record(meeting(1, "2026-02-12", minutes=minutes())))
    import_record(record(meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", text("<p>Ja.</p>"))))))
    assert list(Document.objects.order_by("version").values_list("version", "stage", "is_derived")) == [
        (1, "final", True),
        (2, "final", True),
    ]


def test_minutes_known_only_by_their_approval_get_their_text():
    approving = meeting(2, "2026-03-12", minutes=minutes(item("1-2/26", approves("2026-02-12"))))
    import_record(record(meeting(1, "2026-02-12"), approving))
    import_record(record(meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", text("<p>Ja.</p>"))))))
    stored = Minutes.objects.get(meeting__sequence=1)
    assert (stored.state, stored.approved_in_label) == ("approved", "1-2/26")
    assert export_record(Board.objects.get())["meetings"][0]["minutes"] == minutes(item("1-1/26", text("<p>Ja.</p>")))


def test_files_give_the_same_board_one_by_one_and_together():
    one = record(meeting(1, "2026-02-12", agenda=AGENDA))
    two = record(meeting(1, "2026-02-12", place="Fyret"), meeting(2, "2026-03-12"))
    import_records([one, two])
    together = export_record(Board.objects.get())
    assert [said["days"][0]["date"] for said in together["meetings"]] == ["2026-02-12", "2026-03-12"]
    assert together["meetings"][0]["place"] == "Fyret"
    assert len(together["meetings"][0]["agenda"]) == 2
