"""The blocks of a case written by keyboard alone: text, decision, vote, follow-up, order and earlier texts (issue 3)."""

import pytest
from playwright.sync_api import expect

from followups.models import Action
from minutes.drafting import create_draft
from minutes.models import Block
from tests import factories
from tests.browser.journey import Member, drag
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)
PROPOSAL = "<p>Rådet åpner badeplassen 1. september.</p>"


@pytest.fixture
def case(transactional_db):
    """A held meeting with one case, three present with a vote, and its draft."""
    board = factories.make_board()
    seats = [
        ("sigrun", "Sigrun Aasland Vik", "secretary"),
        ("ragnhild", "Ragnhild Myrvold", "chair"),
        ("tor", "Tor Inge Sandbakk", "member"),
        ("amira", "Amira Haddad", "member"),
    ]
    meeting = factories.make_meeting(board, state="held")
    for key, name, role in seats:
        user = factories.make_user(key, name=name, language="en")
        person = factories.make_person(name, organisation="Sundby kommune", user=user)
        factories.make_seat(board, person, role)
        if role != "secretary":
            factories.make_attendance(meeting, person, role=role)
    factories.make_row(meeting, "Ny badeplass", item=1, proposed_decision=PROPOSAL)
    return create_draft(meeting, by=None).items.get()


@pytest.fixture
def secretary(browser, live_server, case):
    user = case.minutes.meeting.board.seats.get(role="secretary").person.user
    member = Member(browser, live_server.url, user)
    member.go(case.get_absolute_url())
    member.page.locator("[data-sorted]").wait_for(state="attached")
    yield member
    member.context.close()


def begin(secretary, letter: str, kind: str):
    """A new block of the kind, by / and its letter; its form has the focus."""
    secretary.page.keyboard.press("/")
    secretary.page.locator("[data-add-bar].is-choosing").wait_for()
    secretary.page.keyboard.press(letter)
    block = secretary.page.get_by_role("region", name=kind, exact=True)
    block.locator(":focus").wait_for()
    return block


def end(secretary, block) -> None:
    """Escape closes the block, which is saved and has the focus."""
    secretary.page.keyboard.press("Escape")
    block.wait_for(state="detached")
    secretary.page.locator("article.block:focus, [data-add-bar] :focus").wait_for()


def open_again(secretary, text: str):
    """Tabs to the block that says it, and opens it."""
    for _step in range(80):
        secretary.page.keyboard.press("Tab")
        if secretary.page.locator("article.block:focus", has_text=text).count():
            secretary.page.keyboard.press("Enter")
            block = secretary.page.locator("section.block.is-open")
            block.locator(":focus").wait_for()
            return block
    raise AssertionError(f"no block with {text} was reached by Tab")


def kinds(case) -> list[str]:
    return list(case.blocks.values_list("type", flat=True))


def test_a_case_is_written_by_keyboard_alone(secretary, case):
    keys, page = secretary.page.keyboard, secretary.page
    block = begin(secretary, "t", "Text")
    keys.type("Rådet drøftet:")
    keys.press("Enter")
    keys.type("- ")
    keys.type("vannet")
    keys.press("Enter")
    keys.type("stien")
    end(secretary, block)
    page.locator("article li", has_text="stien").wait_for()
    html = case.blocks.get(type="text").html
    assert "Rådet drøftet:" in html and html.count("<li>") == 2

    keys.press("Alt+ArrowUp")
    secretary.sees("Text is number 1 of 2.")
    assert kinds(case) == ["text", "decision"]
    expect(page.locator("article.block-text")).to_be_focused()

    block = open_again(secretary, "Rådet åpner badeplassen")
    for _key in "1. september.":
        keys.press("Backspace")
    keys.type("1. oktober.")
    keys.press("Alt+f")
    page.locator(".chip:focus").wait_for()
    while page.locator(".chip:focus").inner_text() != "Badevannsrådet vedtar forslaget.":
        keys.press("ArrowLeft")
    keys.press("Enter")
    page.locator(".ProseMirror:focus", has_text="1. oktober").wait_for()
    count_votes(secretary)
    end(secretary, block)
    page.get_by_text("changed in one place").wait_for()
    decision = case.blocks.get(type="decision")
    assert (decision.decision.kind, decision.vote.printed) == ("decided", "2 for, 1 mot.")

    block = begin(secretary, "f", "Follow-ups")
    keys.type("Måle vannet")
    keys.press("Tab")
    keys.type("Tor Inge Sandbakk, Sundby kommune")
    keys.press("Tab")
    keys.type("8.6.26")
    keys.press("Enter")
    page.locator("[data-promise]:nth-child(2) textarea:focus").wait_for()
    keys.type("Merke stien")
    end(secretary, block)
    secretary.sees("Tor Inge Sandbakk, Sundby kommune")
    actions = list(Action.objects.order_by("follow_up__source_order").values_list("text", "responsible", "due_text"))
    assert actions == [
        ("Måle vannet", ["Tor Inge Sandbakk", "Sundby kommune"], "8.6.26"),
        ("Merke stien", [], ""),
    ]
    assert violations(page, WCAG) == []
    assert secretary.complaints == []


def count_votes(secretary) -> None:
    """From the text on to the vote: counted, first one too many, then as many as there are."""
    keys, page = secretary.page.keyboard, secretary.page
    while not page.locator("[name=vote_kind]:focus").count():
        keys.press("Tab")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    for figure in ("3", "1"):
        keys.press("Tab")
        keys.type(figure)
    page.get_by_text("4 votes were given, and 3 of those present may vote.").wait_for()
    keys.press("Shift+Tab")
    keys.type("2")
    page.get_by_text("3 of 3 votes").wait_for()


def test_an_earlier_text_comes_back_and_so_does_a_deleted_block(secretary, case):
    page, keys = secretary.page, secretary.page.keyboard
    block = open_again(secretary, "Rådet åpner badeplassen")
    keys.press("Control+a")
    keys.type("Noe ganske annet.")
    end(secretary, block)
    page.get_by_role("link", name="Text history").focus()
    keys.press("Enter")
    page.get_by_role("button", name="Use the first text").focus()
    keys.press("Enter")
    page.locator("article .block-text", has_text="Rådet åpner badeplassen 1. september.").wait_for()
    assert case.blocks.get().html == PROPOSAL

    page.locator(".block-handle").focus()
    keys.press("Enter")
    page.get_by_role("link", name="Delete", exact=True).focus()
    keys.press("Enter")
    page.locator("[data-undo]:focus").wait_for()
    assert not case.blocks.exists()
    keys.press("Enter")
    page.locator("article.block:focus", has_text="Rådet åpner badeplassen 1. september.").wait_for()
    assert case.blocks.get().html == PROPOSAL


def test_a_new_block_that_is_left_empty_leaves_no_trace(secretary, case):
    block = begin(secretary, "t", "Text")
    end(secretary, block)
    assert kinds(case) == ["decision"]
    assert Block.objects.count() == 1


def test_going_on_elsewhere_saves_and_closes(secretary, case):
    block = begin(secretary, "t", "Text")
    secretary.page.keyboard.type("Til orientering.")
    secretary.page.locator("#case-pane h2").click()
    block.wait_for(state="detached")
    assert case.blocks.get(type="text").html == "<p>Til orientering.</p>"


def test_a_block_is_moved_by_hand(secretary, case):
    block = begin(secretary, "t", "Text")
    secretary.page.keyboard.type("Først.")
    end(secretary, block)
    handles = secretary.page.locator(".block-handle")
    landed = secretary.page.locator("[data-blocks] > .block-text:first-child")
    drag(secretary.page, handles.last, handles.first, landed, at=(10, -4))
    secretary.sees("Text is number 1 of 2.")
    assert kinds(case) == ["text", "decision"]
