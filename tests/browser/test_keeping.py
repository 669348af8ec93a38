"""Nothing typed is lost: the server goes away, two write at once, the session ends (issue 3; R67, F1, F18, F21)."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import expect

from minutes.models import Block
from tests import factories
from tests.browser.journey import Member, comes, write
from tests.browser.keeping import Server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(tmp_path, transactional_db):
    server = Server(tmp_path)
    connection.ensure_connection()
    server.story = server.prepare(connection.connection if connection.vendor == "sqlite" else None)
    server.start()
    yield server
    server.kill()


def opened(secretary, story) -> None:
    """The minutes at the case, and the block's form."""
    secretary.go(f"{story['minutes']}?case={story['item']}")
    secretary.settles()  # the columns that fetch themselves have come
    block = secretary.page.locator(f"#block-{story['block']}")
    block.get_by_role("button", name="Edit").or_(block.get_by_role("link", name="Edit")).first.click()
    block.locator("[contenteditable=true]").first.click()


def state(secretary):
    return secretary.page.locator("#saved-state")


def test_minutes_are_typed_while_the_server_is_killed_and_started_again(browser, server):
    class Secretary:
        username = "secretary"

    secretary = Member(browser, server.url, Secretary)
    opened(secretary, server.story)
    block = secretary.page.locator(f"#block-{server.story['block']}")

    write(block, " Før.")
    expect(state(secretary)).to_have_text(re.compile(r"Saved at \d\d\.\d\d\.\d\d"))
    server.kill()
    write(block, " Under.")
    expect(state(secretary)).to_have_text("Offline. Kept in the browser, sent when the network is back")
    write(block, " Mer.")
    server.start()
    expect(state(secretary)).to_have_text(re.compile(r"Saved at \d\d\.\d\d\.\d\d"))
    assert server.texts() == ["<p>Rådet drøftet saken. Før. Under. Mer.</p>"]

    server.kill()
    write(block, " Etter.")
    expect(state(secretary)).to_have_text("Offline. Kept in the browser, sent when the network is back")
    secretary.page.goto("about:blank")
    server.start()
    secretary.go(f"{server.story['minutes']}?case={server.story['item']}")
    expect(state(secretary)).to_have_text(re.compile(r"Saved at \d\d\.\d\d\.\d\d"))
    expect(block).to_contain_text("Etter.")
    assert server.texts() == ["<p>Rådet drøftet saken. Før. Under. Mer. Etter.</p>"]
    secretary.context.close()


@pytest.fixture
def story(transactional_db):
    """A block of draft minutes, and the two secretaries of the board."""
    board = factories.make_board()
    users = {}
    for username, name in [("secretary", "Sigrun Aasland Vik"), ("colleague", "Lars Moe")]:
        users[username] = factories.make_user(username, name=name, language="en")
        factories.make_seat(board, factories.make_person(name, user=users[username]), "secretary")
    item = factories.make_item(
        factories.make_minutes(factories.make_meeting(board)),
        factories.make_row(board.meetings.get(), "Ny badeplass", item=1),
    )
    block = factories.make_block(item, "<p>Rådet drøftet saken.</p>")
    return {"minutes": item.minutes.get_absolute_url(), "item": item.pk, "block": block.pk, **users}


def text_of(story) -> str:
    return Block.objects.get(pk=story["block"]).html


def test_the_second_of_two_secretaries_sees_both_texts_and_merges_them(browser, live_server, story):
    first, second = (Member(browser, live_server.url, story[name]) for name in ("colleague", "secretary"))
    for one in (first, second):
        opened(one, story)
    block = second.page.locator(f"#block-{story['block']}")

    write(first.page.locator(f"#block-{story['block']}"), " Lars skrev dette.")
    comes(first.page, lambda: "Lars skrev dette." in text_of(story), True)  # not a part of it
    expect(state(first)).to_have_text(re.compile("Saved at"))
    write(block, " Sigrun skrev dette.")
    expect(block.get_by_role("heading", name=re.compile(r"Lars Moe saved this at \d\d\.\d\d"))).to_be_visible()
    expect(state(second)).to_have_text("Someone else saved meanwhile. Choose between the texts.")
    both = block.get_by_role("alert")
    expect(both.locator("del", has_text="Lars").first).to_be_visible()
    expect(both.locator(".conflict-texts ins", has_text="Sigrun").first).to_be_visible()
    assert "Sigrun" not in text_of(story)

    second.page.reload()  # even now nothing is lost: the text is in its form again, and meets the other one
    second.go(f"{story['minutes']}?case={story['item']}")
    second.page.get_by_role("link", name="Show").click()
    expect(second.page.locator(f"#block-{story['block']}").get_by_role("button", name="Merge")).to_be_visible()
    second.page.get_by_role("button", name="Merge").click()
    expect(second.page.locator(".conflict")).to_have_count(0)
    expect(second.page.locator("#kept-list")).to_be_hidden()

    assert "Lars skrev dette." in text_of(story) and "Sigrun skrev dette." in text_of(story)
    for one in (first, second):
        one.context.close()


def test_a_session_that_ends_while_one_types_takes_no_word_with_it(browser, live_server, story):
    secretary = Member(browser, live_server.url, story["secretary"])
    opened(secretary, story)
    block = secretary.page.locator(f"#block-{story['block']}")
    Session.objects.all().delete()

    write(block, " Uten innlogging.")
    expect(state(secretary)).to_contain_text("You are signed out.")
    with secretary.context.expect_page() as new:
        state(secretary).get_by_role("link", name="Sign in in a new tab, and the text is sent").click()
    tab = new.value
    tab.get_by_label("Username").fill("secretary")
    tab.get_by_label("Password").fill(factories.PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="You are signed in again")).to_be_visible()
    tab.close()
    secretary.page.bring_to_front()

    expect(state(secretary)).to_have_text(re.compile("Saved at"))
    assert text_of(story) == "<p>Rådet drøftet saken. Uten innlogging.</p>"
    write(block, " Og videre.")
    expect(state(secretary)).to_have_text(re.compile("Saved at"))
    secretary.context.close()


def test_a_text_that_waits_is_named_before_signing_out_and_shown_to_nobody_else(browser, live_server, story):
    secretary = Member(browser, live_server.url, story["secretary"])
    opened(secretary, story)
    block = secretary.page.locator(f"#block-{story['block']}")
    secretary.page.route("**/blocks/**", lambda route: route.abort())
    write(block, " Venter.")
    expect(state(secretary)).to_contain_text("Offline.")

    secretary.page.locator(".user-menu summary").click()
    secretary.page.locator(".user-menu").get_by_role("button", name="Sign out").click()
    expect(secretary.page.get_by_text("The texts above are not sent yet.")).to_be_visible()
    expect(secretary.page.locator("#kept-list")).to_contain_text("1-41/26")
    secretary.page.locator("main").get_by_role("button", name="Sign out", exact=True).click()

    sign_in(secretary, live_server, "colleague")
    expect(secretary.page.locator("#kept-list")).to_be_hidden()
    secretary.page.locator(".user-menu summary").click()
    secretary.page.locator(".user-menu").get_by_role("button", name="Sign out").click()
    secretary.page.unroute("**/blocks/**")
    sign_in(secretary, live_server, "secretary")
    comes(secretary.page, lambda: text_of(story), "<p>Rådet drøftet saken. Venter.</p>")
    secretary.go(f"{story['minutes']}?case={story['item']}")
    expect(block).to_contain_text("Venter.")
    secretary.context.close()


def sign_in(member, live_server, username: str) -> None:
    member.page.get_by_label("Username").fill(username)
    member.page.get_by_label("Password").fill(factories.PASSWORD)
    member.page.keyboard.press("Enter")
    member.page.wait_for_url(re.compile(r"/(desk|my)/$"))


def test_a_save_whose_answer_never_came_is_no_conflict_with_oneself(browser, live_server, story):
    secretary = Member(browser, live_server.url, story["secretary"])
    opened(secretary, story)
    block = secretary.page.locator(f"#block-{story['block']}")
    lost = []

    def lose_the_first(route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    secretary.page.route("**/edit/", lose_the_first)
    write(block, " Først.")
    expect(state(secretary)).to_contain_text("Offline.")
    write(block, " Så.")

    expect(state(secretary)).to_have_text(re.compile("Saved at"))
    expect(block.get_by_role("alert")).to_have_count(0)
    assert lost == [204]
    expect(secretary.page.locator("#kept-list")).to_be_hidden()
    block.locator("[contenteditable=true]").first.press("Escape")
    expect(block.locator("[contenteditable=true]")).to_have_count(0)
    assert text_of(story) == "<p>Rådet drøftet saken. Først. Så.</p>"
    secretary.context.close()


def test_a_save_that_is_not_answered_in_time_is_said_and_sent_again(browser, live_server, story):
    secretary = Member(browser, live_server.url, story["secretary"])
    opened(secretary, story)
    block = secretary.page.locator(f"#block-{story['block']}")
    sent = []

    def answer_the_second(route) -> None:
        if route.request.method != "POST" or sent:
            return route.continue_()
        sent.append(route.fetch().status)  # the server has it; the answer is on its way for ever
        return None

    secretary.page.route("**/edit/", answer_the_second)
    write(block, " Først.")
    expect(state(secretary)).to_have_text("Saving …")
    expect(state(secretary)).to_contain_text("Offline.")
    write(block, " Så.")

    expect(state(secretary)).to_have_text(re.compile("Saved at"), timeout=30_000)
    expect(block.get_by_role("alert")).to_have_count(0)
    assert sent == [204]
    assert text_of(story) == "<p>Rådet drøftet saken. Først. Så.</p>"
    secretary.context.close()


def test_a_browser_without_room_says_so_until_the_server_has_the_text(browser, live_server, story):
    secretary = Member(browser, live_server.url, story["secretary"])
    opened(secretary, story)
    block = secretary.page.locator(f"#block-{story['block']}")
    secretary.page.route("**/edit/", lambda route: route.abort())
    secretary.page.evaluate(FILL)

    write(block, " Trangt.")
    expect(state(secretary)).to_contain_text(
        "The browser has no room to keep the text. Do not close the page before it is saved."
    )
    secretary.page.unroute("**/edit/")
    expect(state(secretary)).to_have_text(re.compile("Saved at"))
    assert text_of(story) == "<p>Rådet drøftet saken. Trangt.</p>"
    secretary.context.close()


FILL = """() => {
  for (let size = 1 << 22, number = 0; size >= 1; ) {
    try { localStorage.setItem(`full${number++}`, "x".repeat(size)); } catch { size >>= 1; }
  }
}"""
