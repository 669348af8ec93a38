"""On a phone: a member sends word by keyboard, the secretary calls the deputy, and the deputy answers (P40)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from boards.models import Seat
from meetings.models import DeputyCall, Reply
from publishing import calling
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import WCAG, violations
from tests.cast import board, cast

__all__ = ["board", "cast"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def called(cast):
    """A meeting in ten days, called by its secretary; everybody reads English."""
    type(cast.member).objects.update(language="en")
    Seat.objects.filter(person=cast.deputy.person).update(deputy_rank=1)
    meeting = factories.make_meeting(cast.board, timezone.localdate() + timedelta(days=10), place="Sundby rådhus")
    factories.make_row(meeting, item=1)
    calling.send_call(meeting, by=cast.secretary, at=timezone.now())
    return meeting


def test_word_of_absence_reaches_the_secretary_and_the_deputy(browser, live_server, cast, called):
    place = called.get_absolute_url()
    member = Member(browser, live_server.url, cast.member, PHONE)
    expect(member.page.get_by_role("heading", name="Waits for you")).to_be_in_viewport()
    expect(member.page.get_by_role("button", name="I am not coming")).to_be_in_viewport()
    assert violations(member.page, WCAG) == []
    member.page.locator(".answer-note summary").focus()
    member.page.keyboard.press("Enter")
    member.page.keyboard.press("Tab")
    member.page.keyboard.type("Er bortreist.")
    member.page.get_by_role("button", name="I am not coming").focus()
    member.page.keyboard.press("Enter")
    member.sees("Thank you. You have answered that you are not coming.")
    expect(member.page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    assert Reply.objects.get().note == "Er bortreist."

    deputy = Member(browser, live_server.url, cast.deputy, PHONE)
    expect(deputy.page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    secretary = Member(browser, live_server.url, cast.secretary, PHONE)
    secretary.go(f"{place}answers/")
    secretary.sees("«Er bortreist.»")
    assert violations(secretary.page, WCAG) == []
    secretary.press("Call the deputy Nora Fjeldheim")
    secretary.sees("Nora Fjeldheim is called, and gets a letter.")
    assert DeputyCall.objects.get().stands_in_for == cast.member.person

    deputy.page.reload()
    deputy.sees("You are called as a deputy for Tor Inge Sandbakk.")
    deputy.press("I am coming")
    deputy.sees("Thank you. You have answered that you are coming.")
    deputy.press("The papers")
    deputy.sees("Status for badeplassene")
    for one in (member, deputy, secretary):
        assert one.complaints == []
        one.context.close()
