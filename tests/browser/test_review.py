"""A round of remarks on telephones: several remarks, a network that goes and comes, an answer, and one who is late."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Meeting
from minutes.drafting import create_draft
from minutes.models import Block, Remark, ReviewRound
from publishing import issuing
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import ZOOMED, violations, wrong_at, wrong_in_the_dark, wrong_with_buttons
from tests.browser.round import remark_on

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/boards/badevannsradet/meetings/41-2026/review/"


@pytest.fixture
def people(transactional_db):
    """A board whose draft is out for remarks, and three members who were asked."""
    board = factories.make_board()
    users = {}
    for key, role in [("secretary", "secretary"), ("chair", "chair"), ("member", "member"), ("late", "member")]:
        user = factories.make_user(key, name=f"{key.title()} Vik", language="en")
        factories.make_seat(board, factories.make_person(f"{key.title()} Vik", user=user), role)
        users[key] = user
    meeting = factories.make_meeting(board)
    factories.make_row(meeting, "Ny badeplass", item=2, type="Tilslutning")
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minutes = create_draft(Meeting.objects.get(pk=meeting.pk), by=users["secretary"])
    Block.objects.all().delete()
    item = minutes.items.get(label="2-41/26")
    factories.make_block(item, "<p>Rådet drøftet badeplassen.</p>")
    factories.make_block(item, "<p>Rådet åpner badeplassen 1. juni.</p>", type="decision")
    deadline = timezone.localdate() + timedelta(days=7)
    issuing.send_for_review(minutes, deadline=deadline, by=users["secretary"], at=timezone.now())
    return users


def test_a_round_of_remarks_on_telephones(browser, live_server, people):
    member = Member(browser, live_server.url, people["member"], PHONE)
    member.go(ADDRESS)
    expect(member.page.get_by_role("button", name="No remarks")).to_be_visible()
    expect(member.page.get_by_role("button", name="Send")).to_have_count(0)
    wrong = wrong_at(member.page, "the draft", [PHONE, ZOOMED]) + wrong_in_the_dark(member.page, "the draft")
    remark_on(member, "the discussion in case 2-41/26", "Vi snakket også om brygga.")
    remark_on(member, "the decision in case 2-41/26", "Det var 15. mai.")
    member.go(ADDRESS)  # what is written is there when the page is opened again
    member.sees("2 remarks written, not sent")
    member.press("See all")
    member.sees("2-41/26, Decision: «Det var 15. mai.»")
    wrong += wrong_with_buttons(member.page, "the bar") + violations(member.page, {"runOnly": ["wcag2a", "wcag2aa"]})
    lose_the_network_and_send(member)
    wrong += violations(member.page, {"runOnly": ["wcag2a", "wcag2aa"]})
    assert wrong == []
    assert sorted(Remark.objects.values_list("text", flat=True)) == ["Det var 15. mai.", "Vi snakket også om brygga."]

    answer_after_all(Member(browser, live_server.url, people["chair"], PHONE))
    come_late(Member(browser, live_server.url, people["late"], PHONE))


def lose_the_network_and_send(member: Member) -> None:
    """Sent in a tunnel; it is sent by itself on the other side, once."""
    member.context.set_offline(True)
    member.press("Send 2 remarks")
    member.sees("Offline.")
    member.context.set_offline(False)
    expect(member.page.locator("#receipt-heading")).to_have_text("2 remarks were sent.")
    expect(member.page.locator("#receipt-heading")).to_be_focused()
    expect(member.page.locator("#review-said")).to_have_text("2 remarks were sent.")
    member.sees("The secretariat answers here.")
    expect(member.page.locator("#answer")).to_be_hidden()


def answer_after_all(chair: Member) -> None:
    """Something is written, and then there is nothing to remark on."""
    chair.go(ADDRESS)
    remark_on(chair, "case 2-41/26", "Kanskje ikke så viktig.")
    chair.press("No remarks")
    chair.sees("What do you want to do with them?")
    chair.press("Delete them, and answer «no remarks»")
    expect(chair.page.locator("#receipt-heading")).to_have_text("Your answer was sent: no remarks.")
    chair.go(ADDRESS)
    chair.sees("no remarks.")
    expect(chair.page.get_by_text("Kanskje ikke så viktig.")).to_have_count(0)
    assert Remark.objects.filter(text__startswith="Kanskje").count() == 0


def come_late(late: Member) -> None:
    """The deadline was yesterday, and the page says so before anything is written."""
    day = timezone.localdate()
    ReviewRound.objects.update(sent_on=day - timedelta(days=8), deadline=day - timedelta(days=1))
    late.go(ADDRESS)
    late.sees("The deadline has passed.")
    remark_on(late, "the decision in case 2-41/26", "Jeg stemte imot.")
    late.press("Send 1 remark")
    expect(late.page.locator("#receipt-heading")).to_contain_text("marked as late")
    assert Remark.objects.get(text="Jeg stemte imot.").is_late
    assert late.complaints == []
