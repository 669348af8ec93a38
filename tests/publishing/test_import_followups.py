"""From imported minutes to the register: one promise, one follow-up, and reports find their own."""

from datetime import date

import pytest

from followups.models import Action, FollowUp, Report, StatusChange
from publishing.exchange.importing import import_record, import_records
from tests.publishing.records import case, item, meeting, minutes, promise, record, report, text

pytestmark = pytest.mark.django_db


def first(*blocks, title="Kaien"):
    rows = [case("3-1/26", title)]
    return meeting(1, "2026-02-12", agenda=rows, minutes=minutes(item("3-1/26", *blocks)))


def second(*blocks):
    rows = [case("2-2/26", "Oppfølging")]
    return meeting(2, "2026-03-12", agenda=rows, minutes=minutes(item("2-2/26", *blocks)))


def test_each_action_is_one_follow_up_that_is_open_unless_it_says_otherwise():
    decision = {
        "type": "decision",
        "kind": "decided",
        "html": "<p>Ja.</p>",
        "actions": [{"text": "Skrive brev", "status": "done"}],
    }
    saying = text("<p>Lovet.</p>", actions=[{"text": "Måle dybden", "due_text": "septembermøtet"}])
    import_record(record(first(promise("Male kaien", "Telle båter"), decision, saying)))
    rows = FollowUp.objects.order_by("pk").values_list(
        "title", "source_label", "source_normal", "actions__text", "state"
    )
    assert list(rows) == [
        ("Kaien", "3-1/26", "3-1/26", "Male kaien", "open"),
        ("Kaien", "3-1/26", "3-1/26", "Telle båter", "open"),
        ("Kaien", "3-1/26", "3-1/26", "Skrive brev", "done"),
        ("Kaien", "3-1/26", "3-1/26", "Måle dybden", "open"),
    ]
    assert Action.objects.get(text="Måle dybden").due_month == date(2026, 9, 1)


def test_a_report_belongs_to_the_follow_up_with_its_number_and_a_text_that_agrees():
    told = report("3/1-26", "Kai", "male  KAIEN")
    import_record(record(first(promise("Male kaien", "Telle båter")), second(told)))
    assert FollowUp.objects.count() == 2
    found = Report.objects.get()
    assert (found.follow_up.actions.get().text, found.source_label) == ("Male kaien", "3/1-26")


def test_a_report_of_several_actions_covers_several_follow_ups():
    told = report("3-1/26", "Kaien", "Telle båter", "Male kaien")
    import_record(record(first(promise("Male kaien", "Telle båter")), second(told)))
    found = Report.objects.get()
    assert found.follow_up.actions.get().text == "Telle båter"
    assert [covered.actions.get().text for covered in found.covers.all()] == ["Male kaien"]


def test_a_report_that_agrees_with_nothing_makes_a_follow_up_from_before():
    import_record(record(second(report("11-36/22", "Planer", "Invitere", "Dele"))))
    made = FollowUp.objects.get()
    assert (made.is_from_before, made.title, made.source_normal, made.source_row) == (True, "Planer", "11-36/22", None)
    assert list(made.actions.values_list("text", flat=True)) == ["Invitere", "Dele"]
    assert Report.objects.get().follow_up == made


def test_the_same_title_under_another_number_is_another_follow_up():
    import_record(record(first(promise("Male kaien")), second(report("4-1/26", "Kaien"))))
    assert list(FollowUp.objects.order_by("pk").values_list("is_from_before", flat=True)) == [False, True]


def test_a_second_report_in_one_meeting_is_printed_and_joined_to_nothing():
    told = report("3-1/26", "Kaien")
    outcome = import_record(record(first(promise("Male kaien")), second(told, told)))
    assert [said.follow_up_id is None for said in Report.objects.order_by("order")] == [False, True]
    assert [warning.pointer for warning in outcome.warnings if warning.code == "R80"] == [
        "/meetings/1/minutes/items/0/blocks/1"
    ]


def test_a_report_that_says_done_closes_the_follow_up_on_the_day_of_its_meeting():
    import_record(record(first(promise("Male kaien")), second(report("3-1/26", "Kaien", status="done"))))
    assert (FollowUp.objects.get().state, Action.objects.get().state) == ("done", "done")
    changes = StatusChange.objects.order_by("pk").values_list("before", "after", "changed_on")
    assert list(changes) == [
        ("", "open", date(2026, 2, 12)),
        ("open", "done", date(2026, 3, 12)),
        ("open", "done", date(2026, 3, 12)),
    ]


def test_a_follow_up_with_one_action_left_stays_open():
    told = report("9-1/25", "Bøyer") | {"actions": [{"text": "Kjøpe"}, {"text": "Legge ut"}]}
    later = meeting(
        3, "2026-04-12", minutes=minutes(item("2-3/26", told | {"actions": [{"text": "Kjøpe", "status": "done"}]}))
    )
    import_record(record(second(told), later))
    assert list(Action.objects.order_by("order").values_list("state", flat=True)) == ["done", "open"]
    assert FollowUp.objects.get().state == "open"


def test_the_order_of_files_makes_no_difference():
    import_records([record(second(report("3-1/26", "Kaien"))), record(first(promise("Male kaien")))])
    assert FollowUp.objects.get().is_from_before is False
    assert Report.objects.get().follow_up == FollowUp.objects.get()


def test_a_follow_up_from_before_gets_its_source_when_that_meeting_is_imported_later():
    import_record(record(second(report("3-1/26", "Kaien", "Male kaien", "Telle båter"))))
    import_record(record(first(promise("Male kaien", "Telle båter"))))
    rows = FollowUp.objects.order_by("source_order").values_list("is_from_before", "actions__text", "source_row__label")
    assert list(rows) == [(False, "Male kaien", "3-1/26"), (False, "Telle båter", "3-1/26")]
    told = Report.objects.get()
    assert {told.follow_up, *told.covers.all()} == set(FollowUp.objects.all())


def test_drafts_promise_nothing_yet():
    draft = meeting(1, "2026-02-12", minutes=minutes(item("3-1/26", promise("Male kaien")), state="draft"))
    import_record(record(draft))
    assert (FollowUp.objects.count(), FollowUp.objects.promised().count(), StatusChange.objects.count()) == (1, 0, 0)


def test_a_held_meeting_gets_no_follow_ups_carried_into_it():
    held = meeting(2, "2026-03-12", agenda=[case("2-2/26", "Oppfølging")])
    import_record(record(first(promise("Male kaien")), held))
    assert Report.objects.count() == 0


def test_the_status_a_report_brought_is_not_exported_as_the_sources_own():
    from boards.models import Board
    from publishing.exchange.exporting import export_record

    data = record(
        first(promise("Male kaien"), promise("Telle båter", status="open")),
        second(report("3-1/26", "Kaien", status="done")),
    )
    import_record(data)
    blocks = export_record(Board.objects.get())["meetings"][0]["minutes"]["items"][0]["blocks"]
    assert [block["actions"] for block in blocks] == [
        [{"text": "Male kaien"}],
        [{"text": "Telle båter", "status": "open"}],
    ]
