"""What a secretary types in the browser: kept, refused with a sentence, or met by someone else's change."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from boards.models import Board, Layout, Person, Seat, StandingItem
from meetings import timing, workflow
from meetings.models import Attendance, Meeting
from tests import factories
from tests.meetings.test_agenda import NOW

pytestmark = pytest.mark.django_db
PRESENTERS = {"presenters-TOTAL_FORMS": "1", "presenters-INITIAL_FORMS": "0"}
STAYS = {"stays-TOTAL_FORMS": "1", "stays-INITIAL_FORMS": "0"}


def at(name, meeting, *args):
    return reverse(f"meetings:{name}", args=[meeting.board.slug, meeting.slug, *args])


def row_data(row, **changed):
    return {"title": row.title, "version": str(row.version), "minutes": "", **PRESENTERS, **changed}


def errors(answer, form="form"):
    return {name: list(found) for name, found in answer.context[form].errors.items()}


def test_a_meeting_is_made_in_any_form_of_date_and_time(cast, client):
    data = {"date": "20. april 2026", "start": "kl. 1300", "end": "15.30", "number": "1/2026", "place": "Rådhuset"}
    answer = client.post(reverse("meetings:create", args=[cast.board.slug]), data)
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meetings:agenda", args=[cast.board.slug, "1-2026"])
    day = meeting.days.get()
    assert (day.date, day.start, day.end, meeting.place) == (date(2026, 4, 20), time(13), time(15, 30), "Rådhuset")


def test_a_meeting_over_several_days_has_them_all(cast, client):
    client.post(reverse("meetings:create", args=[cast.board.slug]), {"date": "28.08.2026", "last_date": "29.08.2026"})
    assert [day.date.day for day in Meeting.objects.get().days.all()] == [28, 29]


@pytest.mark.parametrize(
    "data, found",
    [
        ({"date": "29.02.2027"}, {"date": ["29 February does not exist in 2027."]}),
        ({"date": ""}, {"date": ["Write a date such as 20.04.2023."]}),
        (
            {"date": "20.04.2026", "start": "24:00"},
            {"start": ["24:00 is not a clock time. Write 00:00 of the next day, or 23:59."]},
        ),
        ({"date": "20.04.2026", "start": "15.00", "end": "12.00"}, {"end": ["The meeting ends before it begins."]}),
        ({"date": "20.04.2026", "url": "javascript:alert(1)"}, {"url": ["Write a web address."]}),
        ({"date": "20.04.2026", "place": "Ro\u202em"}, {"place": None}),
    ],
    ids=["no such day", "no date", "24:00", "backwards", "script", "bidi"],
)
def test_what_is_no_meeting_is_told_at_the_field_and_stays_typed(cast, client, data, found):
    cast.secretary.language = "en"
    cast.secretary.save()
    answer = client.post(reverse("meetings:create", args=[cast.board.slug]), data)
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    told = errors(answer)
    assert told == found if None not in found.values() else told.keys() == found.keys()
    assert all(answer.context["form"].data[name] == value for name, value in data.items())


def test_a_row_is_changed_whole(cast, client, meeting):
    row = meeting.agenda_rows.get(item=2)
    data = row_data(
        row,
        title="Status",
        fixed="kl. 12.30-12.50",
        proposed_decision="Rådet tar saken til orientering.<script>x</script>",
        questions="En?\n\nTo?",
    ) | {"presenters-0-name": "Amira Haddad", "presenters-0-organisation": ""}
    assert client.post(at("row", meeting, row.pk), data).status_code == 302
    row.refresh_from_db()
    assert (row.start, row.end, row.minutes, row.is_start_fixed) == (time(12, 30), time(12, 50), 20, True)
    assert (row.questions, row.version) == (["En?", "To?"], 2)
    assert "script" not in row.proposed_decision and "Rådet tar saken til orientering." in row.proposed_decision
    assert row.presenters.get().person == Person.objects.get(name="Amira Haddad")
    assert Entry.objects.filter(act="meetings.change_row").count() == 1


def test_a_presenter_saved_while_typing_stays_when_the_row_is_closed(client, meeting):
    row = meeting.agenda_rows.get(item=2)
    named = {"presenters-0-name": "Amira Haddad", "presenters-0-organisation": "Havna"}
    client.post(at("row", meeting, row.pk), row_data(row, **named) | {"autosave": "1"}, headers={"HX-Request": "true"})
    client.post(at("row", meeting, row.pk), row_data(row, **named) | {"version": "2", "minutes": "15"})
    row.refresh_from_db()
    assert (row.minutes, [one.name for one in row.presenters.all()]) == (15, ["Amira Haddad"])


def test_the_second_of_two_editors_sees_both_texts(client, meeting):
    row = meeting.agenda_rows.get(item=2)
    client.post(at("row", meeting, row.pk), row_data(row, title="Den første"))
    answer = client.post(at("row", meeting, row.pk), row_data(row, title="Den andre"))
    shown = {one["stored"]: one["mine"] for one in answer.context["opened"].stored}
    assert (answer.status_code, shown) == (409, {"Den første": "Den andre"})
    assert meeting.agenda_rows.get(pk=row.pk).title == "Den første"
    again = client.post(at("row", meeting, row.pk), row_data(row, title="Den andre", version="2"))
    assert (again.status_code, meeting.agenda_rows.get(pk=row.pk).title) == (302, "Den andre")


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"title": "\u200b \u00a0"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x" * 1001}, "title"),
        ({"minutes": "1e400"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"fixed": "25:00"}, "fixed"),
        ({"is_closed": "on"}, "closed_basis"),
        ({"access_level": "exempt"}, "access_basis"),
        ({"version": "x"}, "version"),
    ],
    ids=str,
)
def test_bad_input_in_a_row_is_refused_at_its_field(client, meeting, changed, field):
    row = meeting.agenda_rows.get(item=2)
    answer = client.post(at("row", meeting, row.pk), row_data(row, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert meeting.agenda_rows.get(pk=row.pk).version == 1


def test_an_imported_row_keeps_its_times_when_its_text_is_changed(cast, client):
    meeting = factories.make_meeting(cast.board, is_as_written=True)
    row = factories.make_row(
        meeting, "Gammel", item=1, start=time(12), end=time(12, 5), presenters_printed="Ola og Kari, Etaten"
    )
    shown = client.get(at("row", meeting, row.pk)).context["form"]["fixed"].value()
    client.post(at("row", meeting, row.pk), row_data(row, title="Gammel sak", fixed=shown))
    row.refresh_from_db()
    assert (shown, row.title, row.start, row.end, row.minutes) == (
        "12.00-12.05",
        "Gammel sak",
        time(12),
        time(12, 5),
        None,
    )
    assert row.presenters_printed == "Ola og Kari, Etaten"


def test_rows_are_added_and_moved_with_buttons(client, meeting):
    client.post(at("add-row", meeting), {"title": "Badevakt", "kind": "case", "type": "Drøfting", "minutes": "15"})
    row = meeting.agenda_rows.get(title="Badevakt")
    answer = client.post(at("move-row", meeting, row.pk), {"steps": "-1"})
    assert answer.url == at("agenda", meeting) + f"?moved={row.pk}&went=up"
    page = client.get(answer.url).content.decode()
    assert page.count(" autofocus") == 1
    assert f'formaction="{at("move-row", meeting, row.pk)}" name="steps" value="-1" data-act autofocus>Move up<' in page
    assert [row.title.split()[0] for row in timing.ordered_rows(meeting)] == [
        "Godkjenning",
        "Badevakt",
        "Status",
        "Eventuelt",
    ]
    for nonsense in ["abc", "", "9" * 40, "٣"]:
        assert client.post(at("move-row", meeting, row.pk), {"steps": nonsense}).status_code == 302


def test_a_refused_act_is_a_page_with_the_reason_and_changes_nothing(cast, client, meeting):
    workflow.call(meeting, by=cast.secretary, at=NOW)
    row = meeting.agenda_rows.get(item=1)
    answer = client.post(at("remove-row", meeting, row.pk))
    assert answer.status_code == 409
    assert "Withdraw or postpone the case instead." in answer.content.decode()
    assert meeting.agenda_rows.filter(pk=row.pk).exists()


def test_putting_a_meeting_off_asks_for_a_reason(client, meeting):
    assert client.post(at("cancel", meeting), {"reason": " "}).status_code == 422
    client.post(at("postpone", meeting), {"reason": "Storm"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_reason) == ("postponed", "Storm")
    client.post(at("move", meeting), {"date": "4.5.2026"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.first_day, meeting.days.get().date) == (
        "planned",
        date(2026, 5, 4),
        date(2026, 5, 4),
    )


def test_attendance_is_taken_with_times_in_any_form(client, meeting):
    client.post(at("prepare-attendance", meeting))
    one = meeting.attendance.get(name="Tor Inge Sandbakk")
    data = {"name": one.name, "role": "member", "status": "partial", **STAYS, "stays-0-start": "kl 12:30"}
    client.post(at("person", meeting, one.pk), data)
    assert meeting.attendance.get(pk=one.pk).intervals.get().start == time(12, 30)
    late = {"name": "Nora Fjeldheim", "role": "deputy", "status": "present", "stands_in_for": one.name, **STAYS}
    client.post(at("add-person", meeting), late)
    assert meeting.attendance.get(name="Nora Fjeldheim").person == Person.objects.get(name="Nora Fjeldheim")
    client.post(at("set-status", meeting, one.pk), {"status": "absent"})
    assert meeting.attendance.get(pk=one.pk).status == Attendance.Status.ABSENT


def test_a_bad_file_is_told_at_the_field(settings, tmp_path, client, meeting):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("a.pdf", b"<html>")
    answer = client.post(at("add-paper", meeting), {"title": "A", "kind": "attachment", "upload": upload})
    assert (answer.status_code, errors(answer)) == (422, {"upload": ["The content is not PDF."]})
    assert meeting.papers.count() == 0


def test_a_replaced_file_is_kept_behind_the_new_one(settings, tmp_path, cast, client, meeting):
    settings.MEDIA_ROOT = tmp_path
    first, second = (b"%PDF-1.7\n" + text + b"\n%%EOF" for text in (b"1", b"2"))
    row = meeting.agenda_rows.get(item=1)
    base = {"title": "Notat", "kind": "attachment", "row": str(row.pk)}
    client.post(at("add-paper", meeting), base | {"upload": SimpleUploadedFile("a.pdf", first)})
    old = row.papers.get()
    client.post(at("edit-paper", meeting, old.pk), base | {"upload": SimpleUploadedFile("b.pdf", second)})
    old.refresh_from_db()
    assert (old.file.name, old.replaced_by.file.name, old.replaced_by.row) == ("a.pdf", "b.pdf", row)


def test_an_administrator_makes_a_board_and_its_secretary(cast, signed_in):
    data = {
        "name": "Ærfuglrådet", "secretary": "Ola Berg", "secretary_email": "ola@example.org", "language": "nn",
        "scheme": "per-year", "meeting_scheme": "none", "rule_set": "advisory", "review_days": "5", "quorum_percent": "50",
        "call_days": "10", "papers_days": "7", "draft_days": "1", "final_days": "2", "approvers": "2", "approval_days": "7",
    }  # fmt: skip
    answer = signed_in(cast.administrator).post(reverse("boards:create"), data)
    board = Board.objects.get(name="Ærfuglrådet")
    assert (board.call_days, board.papers_days, board.draft_days, board.final_days) == (10, 7, 1, 2)
    seat = Seat.objects.get(board=board)
    assert (board.slug, board.case_pattern, seat.name, seat.role) == (
        "arfuglradet",
        "{item}/{yy}",
        "Ola Berg",
        "secretary",
    )
    assert (answer.url, seat.person.user.username) == (f"/boards/{board.slug}/", "ola@example.org")
    assert signed_in(seat.person.user).get(f"/boards/{board.slug}/edit/").status_code == 200
    assert [item.title for item in StandingItem.objects.filter(board=board, is_last=True)] == ["Ymse"]
    assert signed_in(cast.secretary).post(reverse("boards:create"), data).status_code == 403


def test_new_numbers_renumber_the_agendas_that_are_not_sent(cast, client, meeting):
    data = {
        "scheme": "per-year",
        "case_pattern": "{item:03}/{yy}",
        "meeting_scheme": "running",
        "meeting_pattern": "{meeting}/{yyyy}",
    }
    url = reverse("meetings:numbers", args=[cast.board.slug])
    assert client.post(url, data | {"preview": "1"}).context["preview"]["case"].endswith(f"/{date.today():%y}")
    assert meeting.agenda_rows.first().label == "1-1/26"
    client.post(url, data)
    assert [row.label for row in timing.ordered_rows(meeting)] == ["001/26", "002/26", "003/26"]
    assert client.post(url, data | {"case_pattern": "{odd}"}).status_code == 422


def test_a_layout_holds_from_its_day(cast, client):
    data = {
        "valid_from": "1.1.2026", "column_0": "label", "column_1": "title", "minutes_style": "headings",
        "time_separator": ":", "agenda_in_minutes": "none", "label_title": "Tema",
    }  # fmt: skip
    client.post(reverse("boards:new-layout", args=[cast.board.slug]), data)
    settings = Layout.objects.get().settings
    assert (settings["agenda_columns"], settings["labels"], settings["time_separator"]) == (
        ["label", "title"],
        {"title": "Tema"},
        ":",
    )
    assert client.post(reverse("boards:new-layout", args=[cast.board.slug]), data).status_code == 422


def test_a_new_holder_of_a_seat_is_told_in_the_next_meeting(cast, client, meeting):
    seat = Seat.objects.get(name="Amira Haddad")
    url = reverse("meetings:replace-holder", args=[cast.board.slug, seat.pk])
    client.post(url, {"day": "1.3.2026", "name": "Lise Ravn", "organisation_name": "Sundby kommune"})
    change = meeting.representation_changes.get()
    seat.refresh_from_db()
    assert (change.incoming, change.outgoing, change.organisation) == ("Lise Ravn", "Amira Haddad", "Sundby kommune")
    assert (seat.ends_on, Seat.objects.get(name="Lise Ravn").starts_on) == (date(2026, 2, 28), date(2026, 3, 1))


def test_a_queued_case_is_taken_into_the_agenda(cast, client, meeting):
    client.post(reverse("cases:create", args=[cast.board.slug]), {"title": "Badevakt", "submitted_by": "Kommunen"})
    case = cast.board.cases.get(is_waiting=True)
    client.post(at("take-case", meeting), {"case": str(case.pk)})
    case.refresh_from_db()
    assert (case.is_waiting, case.treatments.get().meeting) == (False, meeting)
    assert client.post(at("take-case", meeting), {"case": str(case.pk)}).status_code == 409


def test_another_boards_secretary_changes_nothing_here(cast, signed_in, meeting):
    other = signed_in(cast.other_secretary)
    row = meeting.agenda_rows.get(item=1)
    assert other.post(at("remove-row", meeting, row.pk)).status_code == 404
    assert other.post(at("add-row", meeting), {"title": "X", "kind": "case"}).status_code == 404
    assert meeting.agenda_rows.count() == 3


def test_a_member_may_look_and_not_touch(cast, signed_in, meeting):
    member = signed_in(cast.member)
    assert member.post(at("add-row", meeting), {"title": "X", "kind": "case"}).status_code == 403
    assert member.post(at("prepare-attendance", meeting)).status_code == 403
    assert (timing.ordered_rows(meeting)[-1].title, meeting.attendance.count()) == ("Eventuelt", 0)
