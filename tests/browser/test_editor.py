"""The rich text editor by keyboard: as in a word processor, with a name for everything and no way lost."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Case
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[None, PHONE], ids=["desk", "phone"])
def writer(request, browser, live_server, transactional_db):
    """A secretary with a new case open, at a desk and with a telephone; the browser complains of nothing."""
    board = factories.make_board()
    user = factories.make_user("skriver", name="Sigrun Aasland Vik", language=User.Language.EN)
    person = factories.make_person("Sigrun Aasland Vik", organisation="Sundby kommune", user=user)
    factories.make_seat(board, person, "secretary")
    member = Member(browser, live_server.url, user, request.param)
    member.page.on("console", lambda message: member.complaints.append(message.text))
    member.go(f"/boards/{board.slug}/cases/new/")
    member.page.get_by_role("textbox", name="Title", exact=True).fill("Skrevet")
    area(member).click()
    yield member
    assert member.complaints == []
    member.context.close()


def area(writer: Member):
    return writer.page.get_by_role("textbox", name="Description")


def stored(writer: Member):
    """The field that is sent."""
    return writer.page.locator("textarea[name=description]")


def typed(writer: Member, *keys: str) -> None:
    """Words are typed, and `<Key>` is pressed."""
    for key in keys:
        if key.startswith("<"):
            writer.page.keyboard.press(key.strip("<>"))
        else:
            writer.page.keyboard.type(key)


def test_a_text_with_lists_bold_and_a_link_is_written_by_keyboard(writer):
    typed(writer, "Rådet ", "<Control+b>", "vedtok", "<Control+b>", ":", "<Enter>", "<Control+Shift+8>", "plan")
    typed(writer, "<Enter>", "<Tab>", "frist", "<Enter>", "<Shift+Tab>", "ansvar", "<Enter>", "<Enter>", "Se planen")
    typed(writer, "<Control+Shift+ArrowLeft>", "<Control+k>")
    writer.page.get_by_label("Address").wait_for()
    typed(writer, "plan.example.org/a", "<Enter>")
    writer.press("Save")
    writer.page.wait_for_url(re.compile(r"/cases/(?!new)"))
    assert Case.objects.get(title="Skrevet").description == (
        "<p>Rådet <strong>vedtok</strong>:</p>"
        "<ul><li><p>plan</p><ul><li><p>frist</p></li></ul></li><li><p>ansvar</p></li></ul>"
        '<p>Se <a href="https://plan.example.org/a">planen</a></p>'
    )


def test_an_address_that_is_none_is_refused_in_words_and_escape_gives_it_up(writer):
    typed(writer, "planen", "<Control+a>", "<Control+k>", "ikke en adresse", "<Enter>")
    writer.sees("Write an address such as")
    typed(writer, "<Escape>")
    expect(area(writer)).to_be_focused()
    expect(stored(writer)).to_have_value("<p>planen</p>")


def test_the_toolbar_is_reached_walked_and_left_by_keyboard(writer):
    typed(writer, "Rådet", "<Control+a>", "<Alt+F10>")
    expect(writer.page.locator(":focus")).to_have_attribute("aria-label", "Kind of paragraph")
    typed(writer, "<ArrowRight>")
    bold = writer.page.get_by_role("button", name="Bold")
    expect(bold).to_be_focused()
    typed(writer, "<Enter>")
    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(area(writer)).to_be_focused()
    typed(writer, "<Alt+F10>")
    expect(bold).to_be_focused()
    typed(writer, "<Escape>")
    expect(area(writer)).to_be_focused()
    expect(stored(writer)).to_have_value("<p><strong>Rådet</strong></p>")


def test_tab_leaves_the_text_outside_of_a_list_and_never_the_list_by_surprise(writer):
    typed(writer, "<Control+Shift+7>", "ett", "<Tab>")
    expect(area(writer)).to_be_focused()
    typed(writer, "<Shift+Tab>", "<Tab>")
    expect(area(writer)).not_to_be_focused()


def test_a_table_is_put_in_and_changed(writer):
    table = writer.page.get_by_role("button", name="Table", exact=True).or_(
        writer.page.get_by_role("menuitem", name="Table", exact=True)
    )
    if not table.locator("visible=true").count():
        writer.page.get_by_role("button", name="More formatting").click()
    table.locator("visible=true").click()
    typed(writer, "Post", "<Tab>", "Beløp")
    writer.page.get_by_role("button", name="Change the table").click()
    writer.page.get_by_role("menuitem", name="Remove the column").click()
    expect(stored(writer)).to_have_value(re.compile(r"^(?!(.*<th>){3})(?=.*Post)(.*<th>){2}"))


def test_nothing_axe_finds_and_all_within_the_width(writer):
    typed(writer, "Rådet", "<Control+a>", "<Control+k>")
    writer.page.get_by_label("Address").wait_for()
    assert violations(writer.page, WCAG) == []
    assert writer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar = writer.page.locator(".editor-tools").bounding_box()
    assert bar["height"] < 60


def test_the_spelling_is_checked_in_the_language_of_the_board(writer):
    assert area(writer).get_attribute("lang") == "nb"
    assert area(writer).get_attribute("spellcheck") == "true"


def test_with_nothing_selected_the_same_key_opens_the_command_box(writer):
    typed(writer, "Rådet", "<Control+k>")
    writer.page.locator("#command input:focus").wait_for()
    assert not writer.page.get_by_label("Address").is_visible()
