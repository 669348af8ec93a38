"""Each doubt has its requirement's number, its place and a sentence, and stops nothing."""

import pytest

from boards.models import Person, PersonAlias
from publishing.exchange.importing import import_record
from tests.publishing.records import approves, case, item, meeting, minutes, record, report, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


def doubts(data: dict) -> list[str]:
    return [str(warning).removeprefix("warning ") for warning in import_record(data).warnings]


def present(*names: str, **more) -> list[dict]:
    return [{"person": name, "status": "present", "role": "member", **more} for name in names]


def test_a_record_without_doubts_has_no_warnings():
    rows = [case("1-1/26", "Kaien", start="12:00", end="12:30", presenters=[{"person": "Ada Berg"}])]
    said = minutes(item("1-1/26", text("<p>Ja.</p>"), title="Kaien."))
    days = [{"date": "2026-02-12", "start": "12:00", "end": "12:30"}]
    assert (
        doubts(record(meeting(1, "2026-02-12", days=days, agenda=rows, attendance=present("Ada Berg"), minutes=said)))
        == []
    )


def test_r3_the_same_number_twice():
    found = doubts(record(meeting(2, "2026-02-12"), meeting(2, "2026-03-12")))
    assert found == ["R3 /meetings/1/number: The meetings of 2026-02-12 and 2026-03-12 both have the number 2/2026."]


def test_r10_the_day_of_the_minutes_it_approves():
    rows = [case("1-1/26", "Godkjenning", approves_minutes_of="2026-02-12")]
    found = doubts(record(meeting(1, "2026-02-12", agenda=rows)))
    assert found == [
        "R10 /meetings/0/agenda/0/approves_minutes_of: The meeting approves the minutes of its own day, 2026-02-12."
    ]


def test_r11_the_last_item_ends_before_the_planned_end():
    days = [{"date": "2026-02-12", "end": "15:00"}]
    found = doubts(record(meeting(1, "2026-02-12", days=days, agenda=[case("1-1/26", "Kaien", end="14:50")])))
    assert found == ["R11 /meetings/0/days/0/end: The last item ends at 14.50; the meeting is planned until 15.00."]


def test_r20_a_number_on_two_cases_but_not_on_two_parts():
    rows = [case("1-1/26", "A", part=1), case("1-1/26", "B", part=2), case("2-1/26", "C"), case("2/1-26", "D")]
    assert doubts(record(meeting(1, "2026-02-12", agenda=rows))) == [
        "R20 /meetings/0/agenda/3: The number 2/1-26 stands on /meetings/0/agenda/2 too."
    ]


def test_r20_a_follow_up_from_a_case_of_the_meeting_itself():
    rows = [case("6-1/26", "Kaien")]
    found = doubts(
        record(meeting(1, "2026-02-12", agenda=rows, minutes=minutes(item("6-1/26", report("6-1/26", "Bøyer")))))
    )
    assert (
        "R20 /meetings/0/minutes/items/0/blocks/0/source_label: 6-1/26 is a case of this meeting; a follow-up comes from an earlier one."
        in found
    )


def test_r21_references_that_lead_nowhere():
    blocks = [report("4-25/20", "Kaien"), text("<p>Se sak 6-28/21 og 1-1/26.</p>")]
    rounds = [{"sent_on": "2026-02-14", "remarks": [{"from": "Ada", "received_on": "2026-02-15", "label": "9-9/25"}]}]
    said = minutes(item("1-1/26", *blocks), review_rounds=rounds)
    at = "/meetings/0/minutes"
    assert doubts(record(meeting(1, "2026-02-12", agenda=[case("1-1/26", "Kaien")], minutes=said))) == [
        f"R21 {at}/review_rounds/0/remarks/0/label: 9-9/25 leads to no case of this board; it is kept as text.",
        f"R21 {at}/items/0/blocks/0/source_label: 4-25/20 leads to no case of this board; it is kept as text.",
        f"R21 {at}/items/0/blocks/1/html: 6-28/21 leads to no case of this board; it is kept as text.",
    ]


def test_r41_rows_that_overlap():
    rows = [
        case("1-1/26", "A", start="12:00", end="12:30"),
        {"kind": "break", "title": "Pause", "start": "12:20", "end": "12:40"},
    ]
    found = doubts(record(meeting(1, "2026-02-12", agenda=rows)))
    assert found == ["R41 /meetings/0/agenda/1: The row begins at 12.20, and “A” ends at 12.30."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rolf Bräten", "Rolf Braten"),
        ("Torbjørn H. Skarv", "Torbjørn Haug Skarv"),
        ("Johan Ole Kvist", "Ole Johan Kvist"),
        ("Anne Thomassen", "Anne Thommassen"),
        ("Nina Dal", "Nina Linn Dal"),
    ],
)
def test_r54_names_that_may_be_one_person(one, other):
    found = doubts(record(meeting(1, "2026-02-12", attendance=present(one, other))))
    assert found == [f"R54 /meetings/0/attendance/1/person: “{other}” and “{one}” may be one person."]
    assert Person.objects.count() == 2


@pytest.mark.parametrize("other", ["Bo Linn Dal", "Nina Dahl Berg", "Kari Dal", "Nina Linn Sund"])
def test_r54_other_names_are_other_persons(other):
    assert doubts(record(meeting(1, "2026-02-12", attendance=present("Nina Linn Dal", other)))) == []


def test_r54_a_confirmed_alias_is_no_doubt_any_more():
    PersonAlias.objects.create(person=Person.objects.create(name="Nina Linn Dal"), name="Nina Dal")
    assert doubts(record(meeting(1, "2026-02-12", attendance=present("Nina Dal")))) == []


def test_r55_spellings_of_one_organisation_but_never_a_word_more():
    names = [
        "Øyhelse",
        "Øyhelse IKT",
        "Øyhelse HF",
        "Havne-vesenet nord",
        "Havnevesenet Nord",
        "Fiskarlaget",
        "fiskarlaget",
    ]
    seats = [{"person": None, "role": "member", "organisation": name} for name in names]
    found = doubts(record(memberships=seats))
    assert [line.split(":")[0] for line in found] == ["R55 /memberships/6/organisation"]


def test_p43_an_answer_in_a_case_of_another_title():
    rows = [case("2-1/26", "Oppfølging"), case("6-1/26", "Bøyer")]
    told = report("4-1/25", "Kaien", resolves_to_label="6-1/26")
    found = doubts(record(meeting(1, "2026-02-12", agenda=rows, minutes=minutes(item("2-1/26", told)))))
    assert "P43 /meetings/0/minutes/items/0/blocks/0/resolves_to_label: 6-1/26 is called “Bøyer”, not “Kaien”." in found


def test_p43_two_titles_of_one_case_and_of_one_paper():
    papers = [{"number": "1", "title": "Kart", "column_title": "Sjøkart"}, {"number": "1", "title": "Liste"}]
    said = minutes(item("1-1/26", title="Kaia"), item("9-1/26"))
    found = doubts(record(meeting(1, "2026-02-12", agenda=[case("1-1/26", "Kaien")], papers=papers, minutes=said)))
    assert [line.split(":")[0] for line in found] == [
        "P43 /meetings/0/minutes/items/0/title",
        "P43 /meetings/0/minutes/items/1/label",
        "P43 /meetings/0/papers/0/column_title",
        "P43 /meetings/0/papers/1/number",
    ]


def test_p43_a_presenter_who_was_not_there():
    rows = [case("1-1/26", "Kaien", presenters=[{"person": "Bo Vik"}, {"organisation": "Felles"}])]
    found = doubts(record(meeting(1, "2026-02-12", agenda=rows, attendance=present("Ada Berg"))))
    assert found == ["P43 /meetings/0/agenda/0/presenters/0: Bo Vik presents and is not among those present."]


def test_p43_votes_that_do_not_fit_who_was_there():
    away = {"type": "disqualification", "person": "Cara Lie"}
    vote = {
        "kind": "named",
        "for": 3,
        "for_by": ["Ada Berg", {"person": "Dag Moe", "party": "FL"}],
        "against": 1,
        "against_by": ["Cara Lie"],
    }
    said = minutes(item("1-1/26", away, {"type": "vote", "vote": vote}))
    at = "/meetings/0/minutes/items/0/blocks/1/vote"
    assert doubts(record(meeting(1, "2026-02-12", attendance=present("Ada Berg", "Cara Lie"), minutes=said))) == [
        f"P43 {at}/for_by/1: Dag Moe votes and is not among those present.",
        f"P43 {at}/against_by/0: Cara Lie was disqualified and votes.",
        f"P43 {at}/for: 3 votes are given, and 2 names.",
        f"P43 {at}: 4 votes were cast, and 1 who may vote were present.",
    ]


def test_a_list_that_names_no_roles_does_not_say_who_may_vote():
    there = [{"person": name, "status": "present"} for name in ("Ada Berg", "Bo Vik", "Cara Lie", "Dag Moe")]
    there[0]["role"] = "chair"
    said = minutes(item("1-1/26", {"type": "vote", "vote": {"kind": "counted", "for": 4}}))
    assert doubts(record(meeting(1, "2026-02-12", attendance=there, minutes=said))) == []


def test_p43_welcomed_before_coming():
    came = {"person": "Bo Vik", "status": "partial", "role": "member", "intervals": [{"from": "12:30"}]}
    rows = [case("1-1/26", "Åpning", start="12:00", end="12:05")]
    said = minutes(item("1-1/26", text("<p>Velkommen til Ada Berg og Bo Vik.</p>")))
    found = doubts(record(meeting(1, "2026-02-12", agenda=rows, attendance=[*present("Ada Berg"), came], minutes=said)))
    assert found == [
        "P43 /meetings/0/minutes/items/0/blocks/0: Bo Vik is welcomed in 1-1/26, which ends at 12.05, and came at 12.30."
    ]


def test_p43_minutes_of_a_day_without_a_meeting():
    found = doubts(record(meeting(1, "2026-02-12", minutes=minutes(item("1-1/26", approves("2026-01-08"))))))
    at = "/meetings/0/minutes/items/0/blocks/0/approves_minutes_of"
    assert found == [f"P43 {at}: There is no meeting on 2026-01-08 whose minutes could be approved."]


def test_p43_minutes_that_do_not_add_up():
    days = [{"date": "2026-02-12", "start": "12:00", "end": "12:30"}]
    rows = [case("1-1/26", "A", minutes=20, start="12:00", end="12:30"), case("2-1/26", "B", minutes=30)]
    found = doubts(record(meeting(1, "2026-02-12", days=days, agenda=rows)))
    assert found == [
        "P43 /meetings/0/agenda/0/minutes: 20 minutes are given, and 12.00 to 12.30 is not that.",
        "P43 /meetings/0/agenda: The rows take 50 minutes together; the meeting has 30.",
    ]
