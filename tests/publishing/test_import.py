"""What an import makes of a record: people, numbers, cases, states, and nothing that leaves the house."""

from datetime import date

import pytest
from django.core import mail

from audit.models import Entry
from boards.models import Board, Organisation, OrganisationAlias, Person, PersonAlias, RowPurpose, Seat
from cases.models import Case
from meetings.models import AgendaRow, Meeting
from minutes.models import Minutes
from publishing.exchange.importing import import_record, import_records
from publishing.exchange.validating import RecordRefused
from publishing.models import Document, Publication
from tests.publishing.records import SLUG, approves, case, item, meeting, minutes, promise, record, text

pytestmark = pytest.mark.django_db


def rows_in_database() -> dict[str, int]:
    from django.apps import apps

    return {model.__name__: model._base_manager.count() for model in apps.get_models()}


def test_persons_are_found_by_exact_name_or_alias_and_made_otherwise():
    ada = Person.objects.create(name="Ada Bergsvåg")
    PersonAlias.objects.create(person=ada, name="A. Bergsvåg")
    havn = Organisation.objects.create(name="Havnevesenet")
    OrganisationAlias.objects.create(organisation=havn, name="HV")
    import_record(
        record(
            memberships=[
                {"person": "A. Bergsvåg", "organisation": "HV", "role": "chair"},
                {"person": "Bo Tangen", "organisation": "Fiskarlaget", "role": "member"},
                {"person": None, "organisation": "HV", "role": "member"},
            ]
        )
    )
    seats = Seat.objects.order_by("order")
    assert [(seat.name, seat.person and seat.person.name, seat.organisation.name) for seat in seats] == [
        ("A. Bergsvåg", "Ada Bergsvåg", "Havnevesenet"),
        ("Bo Tangen", "Bo Tangen", "Fiskarlaget"),
        ("", None, "Havnevesenet"),
    ]
    assert Person.objects.count() == 2


def test_attendance_knows_the_seat_of_that_day():
    seats = [
        {"person": "Ada Berg", "role": "chair", "until": "2025-12-31"},
        {"person": "Ada Berg", "role": "member", "from": "2026-01-01"},
    ]
    there = [{"person": "Ada Berg", "status": "present"}, {"person": "Gjest Dal", "status": "present"}]
    import_record(record(meeting(1, "2026-02-12", attendance=there), memberships=seats))
    attended = Meeting.objects.get().attendance.order_by("order")
    assert [row.seat and row.seat.role for row in attended] == ["member", None]


def test_numbers_are_read_with_the_boards_scheme_and_the_meeting_they_stand_in():
    agenda = [case("1", "Åpning"), case("PS 2/26", "Brygge"), case("sak 3", "Bøyer"), {"kind": "break", "title": "4"}]
    import_record(record(meeting(2, "2026-02-12", agenda=agenda), scheme="per-year"))
    assert [(row.item, row.number_meeting, row.number_year) for row in AgendaRow.objects.order_by("order")] == [
        (1, None, 2026),
        (2, None, 2026),
        (3, None, 2026),
        (None, None, None),
    ]


def test_two_parts_of_one_number_are_one_case_and_a_number_given_twice_is_two():
    agenda = [
        case("6-1/26", "Vinter (del 1)", part=1),
        case("6-1/26", "Vinter (del 2)", part=2),
        case("7-1/26", "En"),
        case("7-1/26", "To"),
    ]
    import_record(record(meeting(1, "2026-02-12", agenda=agenda)))
    assert Case.objects.count() == 3


def test_a_case_put_off_and_taken_up_again_is_one_case():
    first = meeting(1, "2026-02-12", agenda=[case("4/26", "Kaien", outcome="postponed")])
    second = meeting(2, "2026-03-12", agenda=[case("4/26", "Kaien")])
    import_record(record(first, second, scheme="per-year"))
    assert [case.treatments.count() for case in Case.objects.all()] == [2]


def test_meetings_with_one_number_get_addresses_of_their_own():
    import_record(record(meeting(2, "2026-02-12"), meeting(2, "2026-03-12")))
    assert list(Meeting.objects.order_by("first_day").values_list("slug", "is_as_written")) == [
        ("2-2026", True),
        ("2-2026-2026-03-12", True),
    ]


def test_a_coming_meeting_without_an_agenda_is_the_products_to_plan():
    planned = meeting(2, "2026-03-12", state="planned")
    written = meeting(3, "2026-04-12", state="planned", agenda=[case("1-3/26", "Kaien")])
    import_record(record(meeting(1, "2026-02-12"), planned, written))
    assert list(Meeting.objects.order_by("first_day").values_list("is_as_written", flat=True)) == [True, False, True]
    import_record(record(planned | {"agenda": [case("1-2/26", "Bøyer")]}))
    assert Meeting.objects.get(sequence=2).is_as_written is True


def test_a_meeting_without_a_number_goes_by_its_day():
    import_record(record({"days": [{"date": "2026-02-12"}, {"date": "2026-02-13"}], "state": "planned"}))
    assert Meeting.objects.get().slug == "2026-02-12"


def test_standing_cases_are_known_by_their_title_and_their_blocks():
    agenda = [
        case("1-1/26", "Godkjenning av innkalling og referat"),
        case("2-1/26", "Status oppfølgingssaker"),
        case("3-1/26", "Bøyer"),
        case("4-1/26", "Orientering"),
    ]
    items = [item("4-1/26", {"type": "follow-up-report", "title": "Fra i fjor"})]
    import_record(record(meeting(1, "2026-02-12", agenda=agenda, minutes=minutes(*items))))
    assert list(AgendaRow.objects.order_by("order").values_list("purpose", flat=True)) == [
        RowPurpose.APPROVAL,
        RowPurpose.FOLLOW_UPS,
        RowPurpose.NONE,
        RowPurpose.FOLLOW_UPS,
    ]


def test_papers_and_items_are_linked_to_their_rows():
    agenda = [{"kind": "section", "title": "Faste saker"}, case("1-1/26", "Bøyer"), case("2-1/26", "Kart")]
    papers = [{"title": "Kart", "label": "2-1/26"}, {"title": "Alt"}]
    said = minutes({"section": "Faste saker"}, item("2-1/26", text("<p>Ja.</p>")))
    import_record(record(meeting(1, "2026-02-12", agenda=agenda, papers=papers, minutes=said)))
    found = Meeting.objects.get()
    assert [paper.row and paper.row.title for paper in found.papers.all()] == ["Kart", None]
    assert [part.row.title for part in found.minutes.items.all()] == ["Faste saker", "Kart"]


def test_html_outside_the_format_goes_its_text_stays_and_each_removal_is_a_warning():
    said = minutes(item("1-1/26", text('<p onclick="x()">Bryggen <blink>er</blink> ny</p>')))
    outcome = import_record(record(meeting(1, "2026-02-12", minutes=said)))
    block = Minutes.objects.get().items.get().blocks.get()
    assert block.html == "<p>Bryggen er ny</p>"
    at = "/meetings/0/minutes/items/0/blocks/0/html"
    assert [warning.pointer for warning in outcome.warnings if warning.code == "HTML"] == [at, at]


def test_a_seat_of_someone_who_joined_counts_from_the_day_after_the_meeting_before():
    joined = meeting(2, "2026-03-12", representation_changes=[{"incoming": "Bo Tangen", "outgoing": "Ada Berg"}])
    seats = [{"person": "Bo Tangen", "role": "member"}, {"person": "Kai Vik", "role": "member"}]
    import_record(record(meeting(1, "2026-02-12"), joined, memberships=seats))
    assert list(Seat.objects.order_by("order").values_list("presumed_from", flat=True)) == [date(2026, 2, 13), None]


def test_final_minutes_are_frozen_as_the_versions_say():
    versions = [
        {"kind": "draft", "on": "2026-02-14", "footer": "Utkast"},
        {"kind": "final", "on": "2026-02-20", "letterhead": "Brygga 1"},
    ]
    said = minutes(item("1-1/26", text("<p>Ja.</p>")), versions=versions)
    import_record(record(meeting(1, "2026-02-12", minutes=said)))
    rows = Document.objects.order_by("version").values_list("stage", "issued_on", "footer", "letterhead", "is_derived")
    assert list(rows) == [
        ("draft", date(2026, 2, 14), "Utkast", "", False),
        ("final", date(2026, 2, 20), "", "Brygga 1", False),
    ]


def test_final_minutes_without_versions_get_one_and_drafts_none():
    import_record(
        record(
            meeting(1, "2026-02-12", minutes=minutes(final_on="2026-02-20")),
            meeting(2, "2026-03-12", minutes=minutes(state="draft")),
        )
    )
    assert list(Document.objects.values_list("meeting__sequence", "stage", "issued_on", "is_derived")) == [
        (1, "final", date(2026, 2, 20), True)
    ]


def test_an_approved_record_without_an_approved_version_gets_one():
    approval = {"how": "next-meeting", "on": "2026-03-12", "in_case": "1-2/26"}
    first = meeting(1, "2026-02-12", minutes=minutes(state="approved", approval=approval, versions=[{"kind": "final"}]))
    second = meeting(2, "2026-03-12", agenda=[case("1-2/26", "Godkjenning av referat")])
    import_record(record(first, second))
    assert list(Document.objects.order_by("version").values_list("stage", "is_derived", "issued_on")) == [
        ("final", False, None),
        ("approved", True, date(2026, 3, 12)),
    ]
    assert Minutes.objects.get().approved_in == AgendaRow.objects.get()


def test_a_decision_approves_the_minutes_of_the_meeting_on_that_day():
    first = meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", text("<p>Ja.</p>"))))
    second = meeting(
        2,
        "2026-03-12",
        agenda=[case("1-2/26", "Godkjenning av referat")],
        minutes=minutes(item("1-2/26", approves("2026-02-12"))),
    )
    import_record(record(second, first))
    approved = Minutes.objects.get(meeting__sequence=1)
    assert (approved.state, approved.approved_on, approved.approved_in_label) == (
        "approved",
        date(2026, 3, 12),
        "1-2/26",
    )
    assert approved.approved_in == AgendaRow.objects.get()
    stages = Document.objects.filter(meeting__sequence=1).order_by("version").values_list("stage", flat=True)
    assert list(stages) == ["final", "approved"]


def test_minutes_that_are_not_here_are_approved_all_the_same_and_not_exported():
    from publishing.exchange.exporting import export_record

    second = meeting(2, "2026-03-12", minutes=minutes(item("1-2/26", approves("2026-02-12"))))
    import_record(record(meeting(1, "2026-02-12"), second))
    approved = Minutes.objects.get(meeting__sequence=1)
    assert (approved.state, approved.approved_on, approved.approved_in_label) == (
        "approved",
        date(2026, 3, 12),
        "1-2/26",
    )
    assert "minutes" not in export_record(Board.objects.get())["meetings"][0]


def test_draft_minutes_approve_nothing_yet():
    second = meeting(2, "2026-03-12", minutes=minutes(item("1-2/26", approves("2026-02-12")), state="draft"))
    import_record(record(meeting(1, "2026-02-12"), second))
    assert list(Minutes.objects.values_list("meeting__sequence", "state")) == [(2, "draft")]


def test_nothing_leaves_the_house():
    said = minutes(item("1-1/26", text("<p>Ja.</p>")), published_on="2026-03-01")
    import_record(record(meeting(1, "2026-02-12", minutes=said)))
    assert Minutes.objects.get().published_on == date(2026, 3, 1)
    assert (Publication.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_second_import_of_the_same_file_changes_nothing_at_all():
    data = record(
        meeting(
            1, "2026-02-12", agenda=[case("1-1/26", "Kai")], minutes=minutes(item("1-1/26", promise("Male kaien")))
        ),
        memberships=[{"person": "Ada Berg", "organisation": "Havna", "role": "chair"}],
        calendar=[{"date": "2026-02-12", "tentative": False}],
    )
    import_record(data)
    before = rows_in_database()
    outcome = import_record(data)
    assert outcome.is_nothing_new
    assert rows_in_database() == before
    assert Entry.objects.filter(act="exchange.import").count() == 1


def test_a_dry_run_says_what_it_would_make_and_makes_nothing():
    before = rows_in_database()
    outcome = import_record(record(meeting(1, "2026-02-12")), is_dry=True)
    assert (outcome.made["Meeting"], outcome.is_dry) == (1, True)
    assert rows_in_database() == before


def test_one_bad_record_among_several_keeps_all_of_them_out():
    bad = record(meeting(1, "2026-02-12", number="9" * 60), board={"slug": "annet-rad"})
    before = rows_in_database()
    with pytest.raises(RecordRefused) as refused:
        import_records([record(meeting(1, "2026-02-12")), bad])
    assert refused.value.record == 1
    assert refused.value.problems[0].pointer == "/meetings/0"
    assert rows_in_database() == before


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"memberships": [{"role": "member", "from": "2026-02-01", "until": "2026-01-01"}]}, "/memberships/0/until"),
        ({"calendar": [{"date": None, "start": "12:00"}]}, "/calendar/0"),
        ({"meetings": [{"days": [{"date": None}], "state": "held"}]}, "/meetings/0/days/0/date"),
        (
            {"meetings": [meeting(1, "2026-02-12", attendance=[{"person": "", "status": "present"}])]},
            "/meetings/0/attendance/0/person",
        ),
        ({"meetings": [meeting(1, "2026-02-12", agenda=[case("1", "A", minutes=10**12)])]}, "/meetings/0/agenda/0"),
    ],
)
def test_what_the_database_cannot_keep_is_refused_with_its_place(more, pointer):
    with pytest.raises(RecordRefused) as refused:
        import_record(record() | more)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]
    assert not Board.objects.filter(slug=SLUG).exists()


def test_a_new_board_gets_the_standing_rows_of_its_newest_agenda_as_its_template():
    agenda = [
        {"kind": "section", "title": "Faste saker"},
        case("1-1/26", "Godkjenning av referatet fra møte 09.02.2026", start="12:00", end="12:05"),
        case("2-1/26", "Havnefogden orienterer", minutes=10),
        {"kind": "section", "title": "Innmeldte saker"},
        case("3-1/26", "Kaien"),
        case("4-1/26", "Eventuelt"),
    ]
    import_record(record(meeting(1, "2026-02-12", agenda=agenda)))
    template = Board.objects.get().standing_items.values_list("kind", "title", "minutes", "is_last")
    assert list(template) == [
        ("section", "Faste saker", None, False),
        ("case", "Godkjenning av referatet fra møte {date}", 5, False),
        ("case", "Havnefogden orienterer", 10, False),
        ("case", "Eventuelt", None, True),
    ]


def test_the_next_meeting_counts_on_from_what_was_imported():
    from meetings.planning import create_next_meeting

    agenda = [case("PS 15/26", "Bøyer"), case("PS 16/26", "Eventuelt")]
    board = {
        "numbering": {
            "scheme": "per-year",
            "case_pattern": "PS {item}/{yy}",
            "meeting_pattern": "{meeting}/{yyyy}",
        }
    }
    import_record(record(meeting(2, "2026-03-12", agenda=agenda), board=board))
    coming = create_next_meeting(Board.objects.get(), date(2026, 4, 16), by=None)
    assert (coming.number, [row.label for row in coming.agenda_rows.all()]) == ("3/2026", ["PS 17/26"])
