"""An agenda entered by keyboard alone, in one page without a reload, and the call that is printed from it (issue 3)."""

import subprocess
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import expect

from boards.models import CaseType
from jobs.status import drain
from meetings import agenda, planning, timing
from tests import factories
from tests.browser.journey import Member
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)
ADDING = "#new-title:focus:placeholder-shown"
# title, type, presenter, organisation, minutes; a heading has a title alone, a break its minutes.
ENTERED = [
    ("Innledning",),
    ("Innkalling og saksliste", "Orientering", "Ragnhild Myrvold", "Sundby kommune", 5),
    ("Referat fra forrige møte", "Tilslutning", "Ragnhild Myrvold", "Sundby kommune", 5),
    ("Status for badeplassene", "Orientering", "Tor Inge Sandbakk", "Sundby kommune", 20),
    ("Nye livbøyer", "Tilslutning", "Amira Haddad", "Havnevesenet", 30),
    ("Stupetårnet på Nesodden", "Drøfting", "Flere", "", 25),
    ("Budsjett for neste år", "Tilslutning", "Ola Vik og Kari Li", "Økonomietaten", 35),
    ("", 15),
    ("Til beslutning",),
    ("Badevakt i fellesferien", "Tilslutning", "Amira Haddad", "Havnevesenet", 20),
    ("Skilting på bryggene", "Drøfting", "Nora Fjeldheim", "Sundby kommune", 15),
    ("Vannkvalitet i juli", "Orientering", "Håkon Ødegård", "Miljøetaten", 10),
    ("Brev fra velforeningen", "Orientering", "", "Sekretariatet", 10),
    ("Åpent innlegg", "Drøfting", "Tor Inge Sandbakk", "Sundby kommune", 10),
]


@pytest.fixture
def board(transactional_db):
    board = factories.make_board(default_place="Storsalen, Sundby rådhus")
    CaseType.objects.create(board=board, order=9, name="Godkjenning", purpose="for-approval")
    return board


@pytest.fixture
def secretary(browser, live_server, board):
    user = factories.make_user("secretary", name="Sigrun Aasland Vik", language="en")
    person = factories.make_person(
        "Sigrun Aasland Vik", organisation="Sundby kommune", user=user, email="s@example.org"
    )
    factories.make_seat(board, person, "secretary")
    member = Member(browser, live_server.url, user)
    yield member
    member.context.close()


@pytest.fixture
def meeting(secretary, board):
    user = board.seats.get().person.user
    return planning.create_next_meeting(board, date.today() + timedelta(days=20), by=user)


def test_an_agenda_is_entered_by_keyboard_alone_and_the_printed_call_is_right(secretary, meeting, tmp_path):
    page, keys = secretary.page, secretary.page.keyboard
    secretary.go(f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/agenda/")
    page.evaluate("window.marker = 'the same page'")
    page.locator(ADDING).wait_for()
    for entered in ENTERED:
        if len(entered) == 1:
            add_heading(page, *entered)
        elif len(entered) == 2:
            add_break(page, *entered)
        else:
            add_case(page, *entered)

    move_up_to_the_break(page, "Til beslutning")
    assert page.evaluate("window.marker") == "the same page"
    assert [row.title for row in timing.ordered_rows(meeting)] == [
        *(entered[0] for entered in ENTERED[:7]), "Til beslutning", "", *(entered[0] for entered in ENTERED[9:]),
    ]  # fmt: skip
    expect(page.locator("main")).to_contain_text("Ends at 15.20, 20 min over")

    keys.press("Escape")
    tab_to(page, "Send the call")
    keys.press("Enter")
    page.wait_for_url("**/send-call/")
    tab_to(page, "Send the call")
    keys.press("Enter")
    page.wait_for_url("**/call/")
    drain()
    text = printed(secretary, meeting, tmp_path)
    assert_in_order(text, expected_words(meeting))
    assert secretary.complaints == []


def add_heading(page, title: str) -> None:
    page.keyboard.type(title)
    tab_to(page, "Heading")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=title, exact=True).wait_for()
    page.locator(ADDING).wait_for()


def add_break(page, title: str, minutes: int) -> None:
    page.keyboard.type(title)
    tab_to(page, "Break")
    page.keyboard.press("Enter")
    page.locator(".row-form [name=minutes]:focus").wait_for()
    page.keyboard.type(str(minutes))
    page.keyboard.press("Enter")
    page.locator(ADDING).wait_for()


def add_case(page, title: str, type: str, name: str, organisation: str, minutes: int) -> None:
    keys = page.keyboard
    keys.type(title)
    keys.press("Alt+Enter")
    page.locator(".row-form [name=type]:focus").wait_for()
    keys.type(type[:2])  # as one chooses in a list by its first letters
    keys.press("Tab")
    keys.type(name)
    keys.press("Tab")
    keys.type(organisation)
    keys.press("Tab")
    keys.type(str(minutes))
    keys.press("Enter")
    page.locator(ADDING).wait_for()


def move_up_to_the_break(page, title: str) -> None:
    """The heading goes above the break, and has the focus all the time."""
    here = f"document.activeElement.textContent === '{title}'"
    for _step in range(len(ENTERED)):
        page.keyboard.press("ArrowUp")
        if page.evaluate(here):
            break
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_text(f"«{title}» stands at place 8 now.").wait_for()
    expect(page.locator(":focus")).to_have_text(title)


def tab_to(page, name: str) -> None:
    """Presses Tab until the link or button of that name has the focus."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab.")


def printed(secretary, meeting, folder) -> str:
    address = f"/boards/{meeting.board.slug}/meetings/{meeting.slug}/documents/agenda/1/pdf/"
    answer = secretary.context.request.get(secretary.server + address)
    assert answer.status == 200
    path = folder / "call.pdf"
    path.write_bytes(answer.body())
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    return " ".join(text.split())


def expected_words(meeting) -> list[list[str]]:
    """For each row what the call says of it: number, title, clock time and presenter."""
    order = [*ENTERED[:7], ENTERED[8], ENTERED[7], *ENTERED[9:]]
    cursor, number, told = 12 * 60, 0, []
    for title, *rest in order:
        minutes = rest[-1] if rest else 0
        start = time(cursor // 60, cursor % 60)
        cursor += minutes
        if len(rest) < 2:
            told.append([title, f"{start:%H.%M}" if rest else ""])
            continue
        number += 1
        label = f"{number}-{meeting.sequence}/{meeting.first_day:%y}"
        told.append([label, title, f"{start:%H.%M}", rest[1] or rest[2]])
    return told


def assert_in_order(text: str, told: list[list[str]]) -> None:
    """Every row's words stand in the text, and the rows in their order."""
    at = 0
    for words in told:
        found = text.index(words[1] if len(words) == 4 else words[0], at)
        around = text[max(0, found - 120) : found + 200]
        assert [word for word in words if word not in around] == [], (words, around)
        at = found


def test_what_another_changes_appears_while_one_writes_and_the_caret_stays(secretary, board, meeting):
    user = board.seats.get().person.user
    mine, other = (agenda.add_row(meeting, by=user, title=title, minutes=10) for title in ("Livbøyer", "Budsjett"))
    page = secretary.page
    secretary.go(f"/boards/{board.slug}/meetings/{meeting.slug}/agenda/rows/{mine.pk}/")
    page.locator(".row-form [name=title]:focus").wait_for()
    page.keyboard.press("End")
    page.keyboard.type(" ved badeplassene")
    page.keyboard.press("Home")
    agenda.change_row(other, by=user, version=1, title="Økonomi", minutes=30)
    page.keyboard.type("Nye ")
    page.get_by_role("link", name="Økonomi").wait_for()
    page.keyboard.type("røde ")
    expect(page.locator(":focus")).to_have_value("Nye røde Livbøyer ved badeplassene")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Nye røde Livbøyer ved badeplassene").wait_for()
    assert meeting.agenda_rows.get(pk=mine.pk).title == "Nye røde Livbøyer ved badeplassene"
    assert secretary.complaints == []


def test_minutes_give_clock_times_while_they_are_typed(secretary, board, meeting):
    user = board.seats.get().person.user
    first, _second = (agenda.add_row(meeting, by=user, title=title, minutes=10) for title in ("Livbøyer", "Budsjett"))
    page = secretary.page
    secretary.go(f"/boards/{board.slug}/meetings/{meeting.slug}/agenda/rows/{first.pk}/")
    page.locator(".row-form [name=title]:focus").wait_for()
    for _field in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("45")
    page.get_by_text("12.45–12.55").wait_for()
    expect(page.locator(f"#time-{first.pk}")).to_have_text("12.00–12.45")
    expect(page.locator(":focus")).to_have_attribute("name", "minutes")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_open_agenda_is_accessible_and_no_wider_than_the_screen(secretary, board, meeting, width):
    user = board.seats.get().person.user
    agenda.add_row(meeting, by=user, kind="section", title="Faste saker")
    row = agenda.add_row(meeting, by=user, title="Livbøyer ved badeplassene", minutes=200, type="Drøfting")
    agenda.add_row(meeting, by=user, kind="break", minutes=10)
    agenda.add_row(meeting, by=user, title="Budsjett for neste år", minutes=10, type="Tilslutning")
    page = secretary.page
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("", f"rows/{row.pk}/", f"rows/{row.pk}/postpone/"):
        secretary.go(f"/boards/{board.slug}/meetings/{meeting.slug}/agenda/{path}")
        secretary.settles()
        assert violations(page, WCAG) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width
