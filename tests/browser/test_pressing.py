"""No press is lost to what the server puts into the page meanwhile (issue 3; R67)."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.journey import SHOWN, Member, comes

pytestmark = pytest.mark.django_db(transaction=True)
# Where the focus comes, in order.
HEARD = """() => {
    window.heard = [];
    addEventListener("focusin", ({ target }) => heard.push(target.closest("#cases-pane, #case-pane, #command")?.id));
}"""


@pytest.fixture
def items(transactional_db):
    """Draft minutes of three cases; the first has two texts."""
    board = factories.make_board()
    user = factories.make_user("secretary", name="Sigrun Aasland Vik", language="en")
    factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=user), "secretary")
    meeting = factories.make_meeting(board)
    minutes = factories.make_minutes(meeting)
    items = [
        factories.make_item(minutes, factories.make_row(meeting, f"Badeplass {number}", item=number))
        for number in (1, 2, 3)
    ]
    for text in ("Rådet drøftet saken.", "Rådet spurte om vannet."):
        factories.make_block(items[0], f"<p>{text}</p>")
    return items


@pytest.fixture
def secretary(browser, live_server, items):
    member = Member(browser, live_server.url, items[0].minutes.meeting.board.seats.get().person.user)
    member.go(items[0].get_absolute_url())
    member.settles()
    yield member
    member.context.close()


def block(secretary, item, number: int):
    return secretary.page.locator(f"#block-{item.blocks.order_by('order')[number].pk}")


def pages_loaded(secretary) -> list[str]:
    """The addresses that were loaded as pages from now on."""
    loaded = []
    secretary.page.on("request", lambda one: one.resource_type == "document" and loaded.append(one.url))
    return loaded


def test_a_block_is_opened_and_closed_again_and_again_in_its_place(secretary, items):
    loaded, one = pages_loaded(secretary), block(secretary, items[0], 0)
    for _time in range(6):
        one.get_by_role("link", name="Edit").click()
        one.locator("[contenteditable=true]").press("Escape")
    expect(one.get_by_role("link", name="Edit")).to_be_visible()
    assert loaded == []


def test_what_is_pressed_stays_under_the_pointer_until_it_is_released(secretary, items):
    page, upper, lower = secretary.page, block(secretary, items[0], 0), block(secretary, items[0], 1)
    upper.get_by_role("link", name="Edit").click()
    upper.locator("[contenteditable=true]").click()
    lower.hover()
    pressed = lower.get_by_role("link", name="Edit").bounding_box()
    page.mouse.move(pressed["x"] + pressed["width"] / 2, pressed["y"] + pressed["height"] / 2)
    with page.expect_response("**/edit/"):  # the upper block is left, and closes
        page.mouse.down()
    assert page.evaluate(SHOWN) is None
    assert upper.get_attribute("class").endswith("is-open")
    page.mouse.up()
    expect(lower.locator("[contenteditable=true]")).to_be_visible()
    expect(upper.get_by_role("link", name="Edit")).to_be_visible()


def test_the_case_pressed_last_is_shown_though_the_one_before_it_is_answered_later(secretary, items):
    page = secretary.page
    held = []
    page.route(f"**{items[1].get_absolute_url()}", lambda route: held.append(route))
    cases = page.get_by_role("navigation", name="Cases")
    cases.get_by_role("link", name="Badeplass 2").click()
    cases.get_by_role("link", name="Badeplass 3").click()
    expect(page.locator("#case-pane h2")).to_contain_text("Badeplass 3")
    comes(page, lambda: len(held), 1)
    held[0].abort()
    secretary.settles()
    expect(page.locator("#case-pane h2")).to_contain_text("Badeplass 3")
    expect(page.locator("#cases-pane [aria-current]")).to_contain_text("Badeplass 3")


def test_a_case_pressed_while_its_column_is_replaced_is_shown(secretary, items):
    """Its answer had nowhere to go: the column it was meant for was another element by then."""
    page = secretary.page

    def replace_first(route) -> None:
        page.evaluate("one => one.replaceWith(one.cloneNode(true))", page.query_selector("#case-pane"))
        route.continue_()

    page.route(f"**{items[2].get_absolute_url()}", replace_first)
    page.get_by_role("navigation", name="Cases").get_by_role("link", name="Badeplass 3").click()
    expect(page.locator("#case-pane h2")).to_contain_text("Badeplass 3")


def test_what_is_pressed_before_the_scripts_have_come_happens_in_its_place_when_they_have(secretary, items):
    page, held, loaded = secretary.page, [], pages_loaded(secretary)
    page.route("**/js/live.js", lambda route: held.append(route))
    page.goto(secretary.server + items[0].get_absolute_url(), wait_until="commit")
    upper = block(secretary, items[0], 0)
    upper.get_by_role("link", name="Edit").click(no_wait_after=True)
    comes(page, lambda: len(held), 1)
    held[0].continue_()
    expect(upper.locator("[contenteditable=true]")).to_be_visible()
    assert len(loaded) == 1


def test_a_key_pressed_before_the_scripts_have_come_does_what_it_does_when_they_have(secretary, items):
    page, held = secretary.page, []
    page.route("**/js/live.js", lambda route: held.append(route))
    page.goto(secretary.server + items[0].get_absolute_url(), wait_until="commit")
    page.locator("#present-pane").wait_for()
    for key in ("F6", "F6", "Control+k", "Control+k"):
        page.keyboard.press(key)
    page.evaluate(HEARD)
    comes(page, lambda: len(held), 1)
    held[0].continue_()
    page.wait_for_load_state()
    expect(page.locator("#command input")).to_be_focused()
    assert page.evaluate("heard") == ["cases-pane", "case-pane", "command"]
