"""An evening with remarks by keyboard alone: settled beside their text, and a new round sent (issue 4, R91, P37)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mail.models import Letter
from minutes import editing, review
from minutes.drafting import create_draft
from minutes.models import Block, Remark, ReviewRound
from tests import factories
from tests.browser.journey import Member
from tests.browser.looking import FIT, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(transactional_db):
    """A draft of two cases out for remarks, with three remarks: two to one text, one to another."""
    board = factories.make_board()
    people = {}
    for key, name, role in [
        ("sigrun", "Sigrun Aasland Vik", "secretary"),
        ("ragnhild", "Ragnhild Myrvold", "chair"),
        ("tor", "Tor Inge Sandbakk", "member"),
    ]:
        user = factories.make_user(key, name=name, language="en", email=f"{key}@example.org")
        people[key] = factories.make_person(name, organisation="Sundby kommune", user=user, email=user.email)
        factories.make_seat(board, people[key], role)
    meeting = factories.make_meeting(board, timezone.localdate(), state="held")
    for number, title in enumerate(("Ny badeplass", "Brygga"), 1):
        factories.make_row(meeting, title, item=number)
    by = people["sigrun"].user
    minutes = create_draft(meeting, by=by)
    texts = []
    for item, html in zip(minutes.items.order_by("order"), ("<p>Åpner 1. mai.</p>", "<p>Males i år.</p>"), strict=True):
        item.minutes = minutes
        texts.append(editing.add_block(item, "text", by=by, values={"label": "", "html": html}))
    minutes.refresh_from_db()
    today = timezone.localdate()
    opened = review.open_round(minutes, sent_on=today, deadline=today, by=by)
    for key, text, block in [("tor", "1. juni!", 0), ("ragnhild", "Enig med Tor Inge.", 0), ("tor", "Neste år.", 1)]:
        person = people[key]
        review.add_remark(opened, text=text, at=timezone.now(), by=person.user, person=person, block=texts[block])
    return opened


@pytest.fixture
def secretary(browser, live_server, sent):
    member = Member(browser, live_server.url, sent.minutes.meeting.board.seats.get(role="secretary").person.user)
    yield member
    member.context.close()


def has_focus(page, words: str):
    return expect(page.locator(".settle:focus")).to_contain_text(words)


def test_remarks_are_settled_beside_their_text_and_a_new_round_goes_out_by_keyboard_alone(secretary, sent):
    page, meeting = secretary.page, sent.minutes.meeting
    secretary.go(f"{meeting.get_absolute_url()}review/remarks/")
    secretary.sees("0 of 3 settled")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("n")
    has_focus(page, "1. juni!")
    page.keyboard.press("e")
    editor = page.locator(".settling-text [contenteditable=true]")
    expect(editor).to_be_focused()
    page.keyboard.type(" Nei, 1. juni.")
    page.keyboard.press("Escape")
    expect(page.locator("[data-changed]").first).to_contain_text("Nei, 1. juni.")
    expect(page.locator(".block:focus")).to_contain_text("Åpner 1. mai. Nei, 1. juni.")

    page.keyboard.press("a")
    expect(page.locator(".settle.is-current textarea")).to_be_focused()
    page.keyboard.type("Rettet etter innkallingen.")
    page.keyboard.press("Alt+1")
    secretary.sees("1 of 3 settled")
    has_focus(page, "Enig med Tor Inge.")
    page.keyboard.press("2")
    secretary.sees("2 of 3 settled")
    has_focus(page, "Neste år.")
    page.keyboard.press("k")
    has_focus(page, "Enig med Tor Inge.")
    page.keyboard.press("3")
    expect(page.locator(".settle-result").nth(1)).to_contain_text("Not incorporated")
    has_focus(page, "Neste år.")
    page.keyboard.press("3")
    expect(page.locator("#settling-state")).to_contain_text("What is next?")
    expect(page.locator("#settling-state")).to_be_focused()
    assert violations(page, FIT) == []

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Send a new round")).to_be_focused()
    page.keyboard.press("Enter")
    secretary.sees("This is a new round after round 1.")
    page.get_by_role("button", name="Send for remarks").focus()
    page.keyboard.press("Enter")
    secretary.sees("The draft is out for remarks.")

    settled = Remark.objects.order_by("pk").values_list("status", "answer")
    assert list(settled) == [
        ("incorporated", "Rettet etter innkallingen."),
        ("not-incorporated", ""),
        ("not-incorporated", ""),
    ]
    assert Block.objects.get(html__contains="1. juni").html == "<p>Åpner 1. mai. Nei, 1. juni.</p>"
    assert list(ReviewRound.objects.order_by("number").values_list("number", "is_open")) == [(1, False), (2, True)]
    told = Letter.objects.filter(kind="remark-settled").values_list("person__user__username", flat=True)
    assert sorted(told) == ["ragnhild", "tor"]
    assert Letter.objects.filter(kind="review").count() == 2
    assert secretary.complaints == []
