"""Documents of a meeting that was born here: computed times, marks, carried follow-ups, drafts from the agenda."""

from datetime import date, time

import pytest

from followups.models import FollowUp, Report
from meetings.models import AgendaRow, Attendance, Meeting, MeetingDay
from minutes.models import Minutes
from publishing.printing.facts import assemble
from publishing.printing.rendering import render_html, render_text
from tests.factories import make_board

from .printed import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    board = make_board()
    meeting = Meeting.objects.create(
        board=board, slug="8-2026", number="8/2026", sequence=8, first_day=date(2026, 6, 1)
    )
    MeetingDay.objects.create(meeting=meeting, number=1, date=meeting.first_day, start=time(12), end=time(15))
    rows = [
        {"kind": "section", "title": "Faste saker"},
        {
            "label": "1-8/26",
            "title": "Status",
            "purpose": "follow-ups",
            "minutes": 10,
            "start": time(12),
            "end": time(12, 10),
        },
        {"kind": "break", "title": "Pause", "minutes": 10, "start": time(12, 10), "end": time(12, 20)},
        {
            "label": "2-8/26",
            "title": "Bryggen",
            "description": "<p>Om bryggen</p>",
            "presenters_printed": "Ola Vik",
            "is_late": True,
        },
        {"label": "3-8/26", "title": "Badet", "outcome": "postponed", "outcome_reason": "mangler tall"},
    ]
    for order, row in enumerate(rows):
        AgendaRow.objects.create(meeting=meeting, order=order, **row)
    return meeting


def lines(meeting, kind: str, after: str) -> list[str]:
    shown = text_of(meeting, kind).splitlines()
    return shown[shown.index(after) :]


def test_the_agenda_shows_columns_with_content_and_what_came_late_or_was_put_off(meeting):
    assert lines(meeting, "agenda", "Saksliste") == [
        "Saksliste",
        "Saks ID",
        "Tema",
        "Min",
        "Tidspunkt",
        "Faste saker",
        "1-8/26",
        "Status",
        "10",
        "12.00-12.10",
        "Pause",
        "10",
        "12.10-12.20",
        "2-8/26",
        "Bryggen",
        "Tilleggssak",
        "Ola Vik",
        "Om bryggen",
        "3-8/26",
        "Badet",
        "Utsatt: mangler tall",
    ]


def test_the_call_shows_the_follow_ups_that_were_carried_to_their_case(meeting):
    row = meeting.agenda_rows.get(purpose="follow-ups")
    follow_up = FollowUp.objects.create(board=meeting.board, title="Måle vannet", source_label="2-7/26")
    actions = [{"text": "Måle vannet hver uke", "responsible": ["Etaten"], "due_text": "juni"}]
    Report.objects.create(
        meeting=meeting,
        row=row,
        follow_up=follow_up,
        source_label="2-7/26",
        title="Vannet",
        actions=actions,
        resolution="<p>Startet.</p>",
    )
    assert lines(meeting, "call", "1-8/26 Status") == [
        "1-8/26 Status",
        "2-7/26 Vannet",
        "Måle vannet hver uke",
        "Startet.",
    ]


def test_minutes_without_a_text_print_the_agenda_with_its_sections_and_breaks(meeting):
    Minutes.objects.create(meeting=meeting)
    shown = lines(meeting, "minutes", "Utsatt: mangler tall")
    assert shown == [
        "Utsatt: mangler tall",
        "Faste saker",
        "1-8/26 Status",
        "Pause",
        "2-8/26 Bryggen",
        "Ola Vik",
        "Tilleggssak",
        "Om bryggen",
        "3-8/26 Badet",
        "Utsatt: mangler tall",
    ]


def test_attendance_is_gathered_in_the_products_groups(meeting):
    people = [
        ("Dal", "absent", "member"),
        ("Eng", "present", "observer"),
        ("Fos", "present", "member"),
        ("Gil", "apologies", ""),
    ]
    for order, (name, status, role) in enumerate(people):
        Attendance.objects.create(meeting=meeting, order=order, name=name, status=status, role=role)
    shown = text_of(meeting, "minutes").splitlines()
    start = shown.index("Til stede")
    assert shown[start : start + 8] == [
        "Til stede",
        "Fos",
        "Ikke til stede",
        "Dal",
        "Forfall",
        "Gil",
        "Observatører",
        "Eng",
    ]


def test_a_preview_names_the_state_of_the_minutes(meeting):
    minutes = Minutes.objects.create(meeting=meeting)
    footers = []
    for state in ("draft", "final", "approved"):
        Minutes.objects.filter(pk=minutes.pk).update(state=state)
        footers.append(assemble(meeting, "minutes")["footer"])
    assert footers == ["Utkast referat", "Endelig referat", "Godkjent referat"]


def test_a_reference_to_a_case_of_the_same_minutes_leads_to_it(meeting):
    minutes = Minutes.objects.create(meeting=meeting)
    row = meeting.agenda_rows.get(label="2-8/26")
    item = minutes.items.create(order=1, row=row, label=row.label)
    item.blocks.create(order=1, html="<p>Se sak 3-8/26 og sak 1-4/25.</p>")
    html = render_html(assemble(meeting, "minutes"))
    assert 'sak <a class="nowrap" href="#case-3-8-26">3-8/26</a> og sak <span class="nowrap">1-4/25</span>' in html
    assert 'id="case-3-8-26"' in html
    assert "Se sak 3-8/26 og sak 1-4/25." in render_text(html).splitlines()
