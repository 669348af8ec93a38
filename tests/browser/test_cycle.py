"""A board's whole cycle over two meetings, played by a secretary, two members and a visitor in real browsers (issue 2)."""

import subprocess
from datetime import date, timedelta

import pytest

from boards.models import CaseType
from jobs.status import drain
from tests import factories
from tests.browser.journey import PHONE, Member, Visitor, write
from tests.browser.secretary import case_of, finalise, hold, make_meeting, send_call

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date.today()
EARLIER = TODAY - timedelta(days=7)
PROMISE = "Lage en plan for nye livbøyer"
DECISION = "Badevannsrådet slutter seg til planen."


@pytest.fixture
def people(transactional_db):
    """A board with its template, a secretary and two members."""
    board = factories.make_board(
        publication_criterion="Alt som ikke er unntatt offentlighet.", default_place="Storsalen, Sundby rådhus"
    )
    CaseType.objects.create(board=board, order=9, name="Godkjenning", purpose="for-approval")
    factories.add_standing_items(board)
    users = {}
    for key, name, role in [
        ("secretary", "Sigrun Aasland Vik", "secretary"),
        ("chair", "Ragnhild Myrvold", "chair"),
        ("member", "Tor Inge Sandbakk", "member"),
    ]:
        user = factories.make_user(key, name=name, language="en")
        person = factories.make_person(name, organisation="Sundby kommune", user=user, email=f"{key}@example.org")
        factories.make_seat(board, person, role)
        users[key] = user
    return users


@pytest.fixture
def play(browser, live_server, people):
    """The secretary at a desk, two members at their telephones."""
    everybody = {
        "secretary": Member(browser, live_server.url, people["secretary"]),
        "chair": Member(browser, live_server.url, people["chair"], PHONE),
        "member": Member(browser, live_server.url, people["member"], PHONE),
        "visitor": Visitor(browser, live_server.url),
    }
    yield everybody
    for one in everybody.values():
        one.context.close()


def test_two_meetings_from_the_agenda_to_the_published_minutes(play, tmp_path):
    secretary = play["secretary"]
    first = make_meeting(secretary, EARLIER)
    add_case(secretary, first, "Nye livbøyer ved badeplassene")
    send_call(secretary, first)
    hold(secretary, first)
    write_minutes(secretary, first)
    remark(secretary, first, play["chair"], play["member"])
    finalise(secretary, first)

    second = make_meeting(secretary, TODAY)
    drain()
    secretary.go(f"{second}agenda/")
    secretary.page.locator("details.carried summary").click()
    secretary.sees(PROMISE)
    assert "Nye livbøyer ved badeplassene" in secretary.text()

    send_call(secretary, second)
    hold(secretary, second)
    approve_in_first_case(secretary, second)
    finalise(secretary, second, reason="Resten av sakene utsettes til neste møte.")
    drain()

    publish(secretary, first, "Minutes, version 3")
    path = download(play["visitor"], tmp_path)
    assert path.read_bytes()[:5] == b"%PDF-"
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout
    assert DECISION in text
    assert PROMISE in text
    assert "Godkjent" in text
    assert [line for one in play.values() for line in one.complaints] == []


def add_case(secretary: Member, meeting: str, title: str) -> None:
    secretary.go(f"{meeting}agenda/")
    new = secretary.page.get_by_label("Title of a new case")
    new.fill(title)
    new.press("Alt+Enter")
    row = secretary.page.locator(".row-form")
    row.locator("[name=type]:focus").select_option("Tilslutning")
    row.locator("[name=minutes]").fill("20")
    row.locator("[name=minutes]").press("Enter")
    secretary.page.get_by_role("link", name=title, exact=True).wait_for()


def write_minutes(secretary: Member, meeting: str) -> None:
    """A text, a decision and a follow-up in the new case; the standing cases end as they do."""
    secretary.go(f"{meeting}minutes/")
    secretary.press("Make the draft")
    case = case_of(secretary, "Nye livbøyer ved badeplassene")
    add(case, "Text", "Rådet drøftet hvor livbøyene skal henge.")
    add(case, "Decision", DECISION)
    case.get_by_role("button", name="Follow-up", exact=True).click()
    block = case.get_by_role("region", name="Follow-ups", exact=True)
    promise = block.get_by_role("group", name="Follow-up 1")
    promise.locator("textarea").first.fill(PROMISE)
    promise.get_by_label("Responsible").fill("Tor Inge Sandbakk")
    secretary.page.keyboard.press("Escape")
    block.wait_for(state="detached")
    secretary.sees(PROMISE)
    for title in ("Godkjenning av innkalling", "Status for oppfølgingssaker", "Eventuelt"):
        case = case_of(secretary, title)
        case.get_by_role("button", name="No decision", exact=True).click()
        case.get_by_text("Registered: no decision").wait_for()


def add(case, kind: str, text: str) -> None:
    case.get_by_role("button", name=kind, exact=True).click()
    block = case.get_by_role("region", name=kind, exact=True)
    write(block, text)
    case.page.keyboard.press("Escape")
    block.wait_for(state="detached")
    case.get_by_text(text).wait_for()


def remark(secretary: Member, meeting: str, chair: Member, member: Member) -> None:
    """The draft goes out, one member remarks by telephone, the other has nothing, and the secretary settles it."""
    secretary.go(f"{meeting}send-for-review/")
    secretary.press("Send for remarks")
    secretary.page.wait_for_url("**/documents/")
    chair.go(f"{meeting}review/")
    chair.press("No remarks")
    chair.sees("Your answer was sent: no remarks.")
    member.go(f"{meeting}review/")
    block = member.page.locator(".block").filter(has_text="hvor livbøyene skal henge")
    block.locator("summary").click()
    block.get_by_label("Your remark on the discussion").fill("Det ble også spurt om lys ved bryggene.")
    member.press("Send 1 remark")
    member.sees("1 remark was sent.")
    secretary.go(f"{meeting}review/remarks/")
    secretary.page.get_by_text("Answer to the sender").click()
    secretary.page.get_by_label("Answer to the sender").fill("Tatt inn.")
    secretary.press("Take in 1", exact=True)
    secretary.page.locator(".settle.is-settled").wait_for()


def approve_in_first_case(secretary: Member, meeting: str) -> None:
    """The minutes of the earlier meeting are approved by a decision in the first case of this one."""
    secretary.go(f"{meeting}minutes/")
    secretary.press("Make the draft")
    case = case_of(secretary, "Godkjenning av innkalling")
    case.get_by_role("button", name="Decision", exact=True).click()
    block = case.get_by_role("region", name="Decision", exact=True)
    block.get_by_label("Kind of decision").select_option("approved")
    write(block, "Referatet fra forrige møte godkjennes.")
    approves = block.get_by_label("Approves the minutes of")
    approves.fill(EARLIER.isoformat())
    approves.press("Escape")
    block.wait_for(state="detached")


def publish(secretary: Member, meeting: str, document: str) -> None:
    secretary.go(f"{meeting}documents/")
    row = secretary.page.get_by_role("row").filter(has=secretary.page.get_by_role("link", name=document))
    row.get_by_role("link", name="Publish …").click()
    secretary.page.get_by_role("button", name="Publish", exact=True).wait_for()
    for answer in secretary.page.get_by_label("can be published").all():
        answer.fill("Offentlig adresse.")
    secretary.press("Publish", exact=True)
    secretary.page.wait_for_url("**/documents/")


def download(visitor: Visitor, folder):
    """The visitor finds the minutes from the front page and gets the PDF."""
    visitor.go("/")
    visitor.sends("Badevannsrådet", exact=True)
    visitor.page.get_by_role("link", name="Referat").first.click()
    visitor.sees(DECISION)
    link = visitor.page.get_by_role("link", name="PDF").first
    answer = visitor.context.request.get(visitor.server + link.get_attribute("href"))
    assert answer.status == 200
    path = folder / "referat.pdf"
    path.write_bytes(answer.body())
    return path
