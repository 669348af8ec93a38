"""The two real records: in, out without loss, and the warnings that must be heard (G39-13, GP-1, GP-10)."""

import pytest

from boards.models import Board, Seat
from followups.models import FollowUp
from meetings.models import Meeting
from minutes.models import Minutes
from publishing.exchange.exporting import as_text, export_record
from publishing.exchange.importing import import_record
from publishing.exchange.shape import pruned
from tests.publishing.records import sample

pytestmark = pytest.mark.django_db
NAMES = ["produktstyret-39-2023", "programstyret-2021"]


def heard(outcome, code: str, *words: str) -> bool:
    return any(w.code == code and all(word in str(w) for word in words) for w in outcome.warnings)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_comes_out_as_it_went_in(name):
    data = sample(name)
    import_record(data)
    out = export_record(Board.objects.get())
    assert pruned(out) == pruned(data)
    assert as_text(out).endswith("}\n")
    assert import_record(data).is_nothing_new
    assert as_text(export_record(Board.objects.get())) == as_text(out)


def test_g39_13_warnings():
    data = sample("produktstyret-39-2023")
    outcome = import_record(data)
    meeting = data["meetings"][1]
    presenter = meeting["agenda"][5]["presenters"][2]["person"]
    member = meeting["attendance"][8]["person"]
    assert heard(outcome, "R54", presenter, member)
    assert heard(outcome, "P43", "6-39/23", meeting["agenda"][8]["title"])
    assert heard(outcome, "R11", "14.50", "15.00")
    newcomer = meeting["attendance"][13]["person"]
    assert heard(outcome, "P43", newcomer, "12.05", "12.30")
    assert heard(outcome, "P43", meeting["minutes"]["items"][2]["title"], meeting["agenda"][2]["title"])


def test_gp_1_and_gp_10_warnings():
    data = sample("programstyret-2021")
    outcome = import_record(data)
    assert heard(outcome, "R3", "2/2021", "2021-02-12", "2021-03-12")
    assert Meeting.objects.count() == 2
    attendance = data["meetings"][0]["attendance"]
    seats = data["memberships"]
    assert heard(outcome, "R54", attendance[8]["person"], seats[1]["person"])
    assert heard(outcome, "R54", attendance[7]["person"], seats[4]["person"])
    assert heard(outcome, "R54", attendance[6]["person"], seats[10]["replaces"])


def test_gp_3_newcomers_are_members_from_the_day_after_the_meeting_before():
    import_record(sample("programstyret-2021"))
    presumed = Seat.objects.exclude(presumed_from=None).values_list("replaces", "presumed_from")
    assert [str(day) for replaces, day in presumed if replaces] == ["2021-02-13", "2021-02-13"]


def test_g39_5_the_minutes_of_the_meeting_before_are_approved_with_date_and_case():
    import_record(sample("produktstyret-39-2023"))
    approved = Minutes.objects.get(meeting__sequence=38)
    assert (approved.state, str(approved.approved_on), approved.approved_in_label) == (
        "approved",
        "2023-04-20",
        "1-39/23",
    )


def test_gp_8_the_minutes_of_february_are_approved_in_the_case_of_march():
    import_record(sample("programstyret-2021"))
    assert Minutes.objects.get().approved_in.label == "9/21"


def test_g39_7_and_14_the_register_has_the_numbers_in_normal_form():
    import_record(sample("produktstyret-39-2023"))
    assert list(FollowUp.objects.open().order_by("pk").values_list("source_label", "source_normal")) == [
        ("11-36/22", "11-36/22"),
        ("4/38-23", "4-38/23"),
        ("6/38-23", "6-38/23"),
        *[("3-39/23", "3-39/23")] * 3,
        ("6-39/23", "6-39/23"),
    ]
    assert FollowUp.objects.count() == 8
