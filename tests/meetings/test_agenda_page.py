"""The agenda on one page: what an act answers with in place, what it costs, and that it works without JavaScript."""

import json
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Board, CaseType
from cases import queue
from meetings import agenda, planning, timing, waiting, workflow
from meetings.models import AgendaRow, MeetingDay
from tests.meetings.test_agenda import NOW
from tests.meetings.test_forms import PRESENTERS, at, row_data

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def titles(meeting):
    return [row.title.split()[0] if row.title else row.kind for row in timing.ordered_rows(meeting)]


def undo(client, answer):
    """Does what the answer says undoes the act."""
    url, values = answer.context["shown"].undo
    return client.post(url, {**values, "undoing": "1"}, **HTMX)


def test_a_title_and_enter_make_a_row_and_the_answer_is_the_agenda(client, meeting):
    answer = client.post(at("add-row", meeting), {"title": "Badevakt"}, **HTMX)
    page = answer.content.decode()
    assert titles(meeting) == ["Godkjenning", "Status", "Badevakt", "Eventuelt"]
    assert page.strip().startswith('<div id="agenda-page"')
    assert 'data-focus=""' in page and "Added as 3-1/26 Badevakt." in page


def test_a_break_is_added_by_its_button_and_opened_at_its_minutes(client, meeting):
    answer = client.post(at("add-row", meeting), {"title": "", "kind": "break"}, **HTMX)
    made = meeting.agenda_rows.get(kind="break")
    assert f'data-focus="row-{made.pk}-minutes"' in answer.content.decode()
    assert answer.context["opened"].row == made


def test_a_case_without_a_title_is_refused_in_its_place(client, meeting):
    answer = client.post(at("add-row", meeting), {"title": "  "}, **HTMX)
    assert (answer.status_code, meeting.agenda_rows.count()) == (422, 3)
    assert "Write a title." in answer.content.decode()


def test_a_save_by_itself_answers_with_nothing_where_nothing_else_changed(client, meeting):
    row = meeting.agenda_rows.get(item=3)
    seen = client.get(at("agenda", meeting), {"open": row.pk}, **HTMX).context["stamp"]
    data = row_data(row, minutes="5", purpose=row.purpose, internal_note="Husk", autosave="1", seen=seen)
    answer = client.post(at("row", meeting, row.pk), data, **HTMX)
    told = json.loads(answer["HX-Trigger"])["kept"]
    assert (answer.status_code, told["key"], told["version"]) == (204, f"row-{row.pk}", 2)
    assert meeting.agenda_rows.get(pk=row.pk).internal_note == "Husk"


def test_a_save_by_itself_tells_the_times_that_moved_and_leaves_the_open_row_alone(client, meeting):
    row = meeting.agenda_rows.get(item=1)
    seen = client.get(at("agenda", meeting), {"open": row.pk}, **HTMX).context["stamp"]
    data = row_data(row, minutes="45", purpose=row.purpose, autosave="1", seen=seen)
    page = client.post(at("row", meeting, row.pk), data, **HTMX).content.decode()
    assert f'<tr id="row-{row.pk}" data-row="{row.pk}" data-still data-time="12.00–12.45"' in page
    assert "12.45–12.55" in page


def test_a_save_shows_what_someone_else_changed_meanwhile(cast, client, meeting):
    row, other = meeting.agenda_rows.get(item=1), meeting.agenda_rows.get(item=3)
    seen = client.get(at("agenda", meeting), {"open": row.pk}, **HTMX).context["stamp"]
    agenda.change_row(other, by=cast.secretary, version=1, title="Ordet er fritt")
    data = row_data(row, minutes="5", purpose=row.purpose, autosave="1", seen=seen)
    assert "Ordet er fritt" in client.post(at("row", meeting, row.pk), data, **HTMX).content.decode()


def test_what_cannot_be_saved_by_itself_says_why_and_leaves_the_page(client, meeting):
    row = meeting.agenda_rows.get(item=2)
    answer = client.post(at("row", meeting, row.pk), row_data(row, title="", autosave="1"), **HTMX)
    assert (answer.status_code, answer["HX-Reswap"]) == (422, "none")
    assert json.loads(answer["HX-Trigger"])["unsaved"]["key"] == f"row-{row.pk}"


def test_two_in_one_row_see_both_texts_in_its_place(client, meeting):
    row = meeting.agenda_rows.get(item=2)
    client.post(at("row", meeting, row.pk), row_data(row, title="Den første"))
    answer = client.post(at("row", meeting, row.pk), row_data(row, title="Den andre", autosave="1"), **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 409 and "contested" in json.loads(answer["HX-Trigger"])
    assert "Den <del>første</del>" in page and "Den andre</textarea>" in page and "data-keep-contested" in page


def test_saving_a_row_that_someone_removed_is_told_above_the_agenda(cast, client, meeting):
    row = agenda.add_row(meeting, by=cast.secretary, title="Badevakt")
    stale = AgendaRow.objects.select_related("meeting").get(pk=row.pk)
    agenda.remove_row(row, by=cast.secretary)
    with pytest.raises(Exception, match="removed by someone else"):
        agenda.change_row(stale, by=cast.secretary, version=1, title="Ny tittel")


def test_enter_goes_to_the_next_row_and_from_the_last_to_the_add_row(client, meeting):
    first, second, *_rest, last = timing.ordered_rows(meeting)
    there = client.post(at("row", meeting, first.pk), row_data(first, go="next"), **HTMX)
    assert there.context["opened"].row == second
    end = client.post(at("row", meeting, last.pk), row_data(last, go="next"), **HTMX)
    assert (end.context["shown"].open, end.context["shown"].focus) == (None, "new-title")


def test_a_row_saved_without_a_change_has_no_line_in_the_trail(cast, client, meeting):
    row = agenda.add_row(meeting, by=cast.secretary, title="Badevakt", minutes=15)
    row.meeting = meeting
    agenda.change_row(row, by=cast.secretary, version=1, title="Badevakt", minutes=15, start=None, is_start_fixed=None)
    assert meeting.agenda_rows.get(pk=row.pk).version == 1


@pytest.mark.parametrize(
    "act, values", [("move-row", {"steps": "-2"}), ("remove-row", {}), ("withdraw-row", {"reason": "Tid"})]
)
def test_an_act_is_undone_by_its_inverse(cast, client, meeting, act, values):
    named = [agenda.Named("Amira Haddad", "Sundby kommune")]
    row = agenda.add_row(
        meeting,
        by=cast.secretary,
        title="Badevakt",
        minutes=15,
        presenters=named,
        start=time(12, 30),
        is_start_fixed=True,
    )
    before = [(one.label, one.title, one.start, one.outcome) for one in timing.ordered_rows(meeting)]
    answer = client.post(at(act, meeting, row.pk), values, **HTMX)
    assert before != [(one.label, one.title, one.start, one.outcome) for one in timing.ordered_rows(meeting)]
    assert undo(client, answer).status_code == 200
    assert before == [(one.label, one.title, one.start, one.outcome) for one in timing.ordered_rows(meeting)]
    assert agenda.presenters_of(meeting.agenda_rows.get(title="Badevakt")) == named


def test_a_removed_row_comes_back_with_its_papers_and_only_where_it_was(cast, client, meeting):
    row = agenda.add_row(meeting, by=cast.secretary, title="Badevakt")
    client.post(at("drop-papers", meeting, row.pk), {"upload": SimpleUploadedFile("notat.pdf", PDF)}, **HTMX)
    answer = client.post(at("remove-row", meeting, row.pk), **HTMX)
    elsewhere = planning.create_next_meeting(cast.board, date(2026, 6, 8), by=cast.secretary)
    signed = answer.context["shown"].undo[1]
    assert client.post(at("put-back", elsewhere), signed, **HTMX).status_code == 409
    assert client.post(at("put-back", meeting), {"row": "x"}, **HTMX).status_code == 409
    assert undo(client, answer).status_code == 200
    assert [paper.title for paper in meeting.agenda_rows.get(pk=row.pk).papers.all()] == ["notat"]
    assert undo(client, answer).status_code == 409


def test_a_moved_row_says_its_new_place_and_number(client, meeting):
    row = meeting.agenda_rows.get(item=3)
    page = client.post(at("move-row", meeting, row.pk), {"steps": "-1"}, **HTMX).content.decode()
    assert "«Eventuelt» stands at place 2 now, as 2-1/26." in page


def test_files_are_dropped_on_a_row_and_a_bad_one_is_told_by_name(client, meeting):
    row = meeting.agenda_rows.get(item=3)
    good, bad = SimpleUploadedFile("Notat om vakt.pdf", PDF), SimpleUploadedFile("feil.pdf", b"<html>")
    answer = client.post(at("drop-papers", meeting, row.pk), {"upload": [good, bad]}, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [paper.title for paper in row.papers.all()] == ["Notat om vakt"]
    assert "Notat om vakt" in page and "feil.pdf: The content is not PDF." in page


def test_the_end_of_the_meeting_moves_to_its_last_item_at_a_press(cast, client, meeting):
    agenda.add_row(meeting, by=cast.secretary, title="Budsjett", minutes=180)
    page = client.get(at("agenda", meeting)).content.decode()
    assert "Ends at 15.20, 20 min over" in page and "The meeting is set to end here" in page
    answer = client.post(at("move-end", meeting), {"day": "1", "end": "15.20"}, **HTMX)
    assert MeetingDay.objects.get(meeting=meeting).end == time(15, 20)
    assert "20 min over" not in answer.content.decode()
    undo(client, answer)
    assert MeetingDay.objects.get(meeting=meeting).end == time(15)
    for nonsense in [{"day": "9", "end": "15.20"}, {"day": "1", "end": "25.99"}, {"day": "1", "end": "11.00"}]:
        assert client.post(at("move-end", meeting), nonsense, **HTMX).status_code == 409


def test_the_line_of_the_planned_end_stands_before_the_first_row_after_it(cast, client, meeting):
    agenda.add_row(meeting, by=cast.secretary, title="Budsjett", minutes=165)
    lines = client.get(at("agenda", meeting)).context["lines"]
    assert [(line["title"], line.get("ends_before"), line["is_over"]) for line in lines][2:] == [
        ("Budsjett", None, False),
        ("Eventuelt", "15.00", True),
    ]


def test_a_heading_has_the_time_of_its_rows(cast, client, meeting):
    section = agenda.add_row(meeting, by=cast.secretary, title="Faste saker", kind="section")
    agenda.move_by(section, -5, by=cast.secretary)
    assert client.get(at("agenda", meeting)).context["lines"][0]["span"] == "12.00–12.20"


def test_a_standing_item_that_is_missing_is_offered_and_taken_in(cast, client, meeting):
    agenda.remove_row(meeting.agenda_rows.get(purpose="other-business"), by=cast.secretary)
    (item,) = client.get(at("agenda", meeting)).context["standing"]
    client.post(at("add-standing", meeting), {"item": item.pk}, **HTMX)
    row = meeting.agenda_rows.get(purpose="other-business")
    assert (row.title, row.minutes, row.label) == ("Eventuelt", 5, "3-1/26")
    assert client.get(at("agenda", meeting)).context["standing"] == []


def test_a_queued_case_is_dragged_to_its_place_and_goes_back_by_undo(cast, client, meeting):
    case = queue.create_case(cast.board, by=cast.secretary, title="Badevakt")
    first = meeting.agenda_rows.get(item=1)
    answer = client.post(at("take-case", meeting), {"case": case.pk, "after": first.pk}, **HTMX)
    assert titles(meeting) == ["Godkjenning", "Badevakt", "Status", "Eventuelt"]
    undo(client, answer)
    case.refresh_from_db()
    assert (case.is_waiting, titles(meeting)) == (True, ["Godkjenning", "Status", "Eventuelt"])


def test_a_queued_case_is_dragged_to_the_top_and_nowhere_beside_a_row_that_is_gone(cast, client, meeting):
    cases = [queue.create_case(cast.board, by=cast.secretary, title=title) for title in ("Badevakt", "Badetrapp")]
    first = meeting.agenda_rows.get(item=1)
    client.post(at("take-case", meeting), {"case": cases[0].pk, "before": first.pk}, **HTMX)
    assert titles(meeting) == ["Badevakt", "Godkjenning", "Status", "Eventuelt"]
    assert meeting.agenda_rows.get(title="Badevakt").label == "1-1/26"
    answer = client.post(at("take-case", meeting), {"case": cases[1].pk, "after": 10**8}, **HTMX)
    cases[1].refresh_from_db()
    assert (answer.status_code, cases[1].is_waiting, len(titles(meeting))) == (404, True, 4)


def test_a_reason_is_asked_in_the_rows_place_with_and_without_javascript(cast, client, meeting):
    later = planning.create_next_meeting(cast.board, date(2026, 6, 8), by=cast.secretary)
    row = agenda.add_row(meeting, by=cast.secretary, title="Badevakt")
    for headers in ({}, HTMX):
        page = client.get(at("postpone-row", meeting, row.pk), **headers).content.decode()
        assert f'id="ask-{row.pk}"' in page and "Eventuelt" in page and later.number in page
        assert client.post(at("postpone-row", meeting, row.pk), {"reason": ""}, **headers).status_code == 422
    client.post(at("postpone-row", meeting, row.pk), {"reason": "Venter på anbud", "to": later.pk})
    page = client.get(at("agenda", meeting)).content.decode()
    assert "Postponed: Venter på anbud" in page
    assert later.agenda_rows.filter(case=row.case).exists()


def test_a_refused_act_is_told_above_the_agenda(cast, client, meeting):
    workflow.call(meeting, by=cast.secretary, at=NOW)
    answer = client.post(at("remove-row", meeting, meeting.agenda_rows.get(item=1).pk), **HTMX)
    assert answer.status_code == 409
    assert "Withdraw or postpone the case instead." in answer.content.decode()


def test_what_a_case_for_decision_lacks_is_noted_until_the_call_is_sent(cast, client, meeting):
    CaseType.objects.create(board=cast.board, order=9, name="Vedtakssak", purpose="for-decision")
    agenda.add_row(meeting, by=cast.secretary, title="Budsjett", type="Vedtakssak", minutes=5)
    page = client.get(at("agenda", meeting)).content.decode()
    assert "3-1/26</a> has no proposed decision." in page and "3-1/26</a> has no papers yet." in page
    workflow.call(meeting, by=cast.secretary, at=NOW)
    assert "has no proposed decision." not in client.get(at("agenda", meeting)).content.decode()


def test_the_primary_button_is_for_the_call_and_then_only_for_what_is_new(cast, client, meeting):
    from publishing import calling

    page = client.get(at("agenda", meeting)).content.decode()
    assert "/send-call/" in page
    calling.send_call(meeting, by=cast.secretary, at=NOW, persons=[])
    page = client.get(at("agenda", meeting)).content.decode()
    assert "send-call/" not in page and "send-supplementary-call/" not in page
    late = client.post(at("add-row", meeting), {"title": "Oljesøl"}, **HTMX).content.decode()
    assert "send-supplementary-call/" in late and 'data-color="info">Came after the call<' in late


def queries(client, url, data):
    with CaptureQueriesContext(connection) as captured:
        assert client.post(url, data, **HTMX).status_code in {200, 204}
    return len(captured)


def costs(cast, client, meeting):
    """How many queries each act takes."""
    rows = timing.ordered_rows(meeting)
    case = queue.create_case(cast.board, by=cast.secretary, title="Venter", type="Drøfting")
    first = AgendaRow.objects.get(pk=rows[1].pk)
    data = row_data(first, minutes=str((first.minutes or 0) + 7), purpose=first.purpose, autosave="1", seen="")
    return {
        "add": queries(client, at("add-row", meeting), {"title": "En sak til"}),
        "change": queries(client, at("row", meeting, first.pk), data),
        "move": queries(client, at("move-row", meeting, first.pk), {"steps": "2"}),
        "take": queries(client, at("take-case", meeting), {"case": case.pk}),
    }


@pytest.mark.parametrize("scheme", [Board.Scheme.PER_MEETING, Board.Scheme.PER_YEAR])
def test_an_act_costs_the_same_for_ten_rows_and_for_a_hundred(cast, client, meeting, scheme):
    Board.objects.filter(pk=cast.board.pk).update(scheme=scheme, case_pattern="{item}/{yy}")
    named = [agenda.Named("Amira Haddad", "Sundby kommune")]

    def fill(until):
        for number in range(meeting.agenda_rows.count(), until):
            agenda.add_row(
                meeting, by=cast.secretary, title=f"Sak {number}", minutes=1, type="Drøfting", presenters=named
            )

    fill(10)
    costs(cast, client, meeting)
    few = costs(cast, client, meeting)
    fill(100)
    assert costs(cast, client, meeting) == few


def test_presenters_of_every_form_are_kept_as_typed(client, meeting):
    row = meeting.agenda_rows.get(item=2)
    forms = [("Ola Vik og Kari Li", "Sundby kommune"), ("Flere", ""), ("", "Sekretariatet")]
    data = row_data(row) | {**PRESENTERS, "presenters-TOTAL_FORMS": "3"}
    for number, (name, organisation) in enumerate(forms):
        data |= {f"presenters-{number}-name": name, f"presenters-{number}-organisation": organisation}
    client.post(at("row", meeting, row.pk), data)
    assert [(one.name, one.organisation) for one in agenda.presenters_of(row)] == forms
    page = client.get(at("agenda", meeting)).content.decode()
    assert all(words in page for words in ["Ola Vik og Kari Li", "Flere", "Sekretariatet"])


def test_a_withdrawn_case_stays_struck_with_its_number_and_reason(cast, client, meeting):
    row = meeting.agenda_rows.get(item=2)
    waiting.withdraw_row(row, by=cast.secretary, reason="Ikke klar")
    line = next(line for line in client.get(at("agenda", meeting)).context["lines"] if line["pk"] == row.pk)
    page = client.get(at("agenda", meeting)).content.decode()
    assert (line["is_off"], line["time"]) == (True, "")
    assert "2-1/26" in page and "Withdrawn: Ikke klar" in page
