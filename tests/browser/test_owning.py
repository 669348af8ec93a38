"""On a phone: the link of a mail, without signing in, to a report that the secretary confirms (issue 5, 4)."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from followups.models import OwnerReport, Report
from followups.owners.links import Link, send_a_new_one
from jobs import status
from tests import factories
from tests.browser.journey import PHONE, Member
from tests.browser.looking import WCAG, violations
from tests.cast import board, cast
from tests.followups.build import coming_meeting, follow_up, held_meeting

__all__ = ["board", "cast"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_link_in_the_mail_to_the_closing(browser, live_server, board, cast):
    type(cast.member).objects.update(language="en")
    today = timezone.localdate()
    coming = coming_meeting(board, today + timedelta(days=30))
    promised = follow_up(held_meeting(board, today - timedelta(days=3)), "Skilt ved badeplassen", due_on=today)
    owner = factories.make_person("Kari Nordvik", email="kari@example.org")
    promised.actions.get().owners.create(person=owner)
    send_a_new_one(Link(promised, owner, today, ""), timezone.now())
    status.drain()
    path = re.search(r"http://[^/\s]+(/follow-ups/link/\S+)", mail.outbox[-1].body)[1]

    phone = browser.new_context(viewport=PHONE).new_page()
    phone.goto(live_server.url + path)
    assert violations(phone, WCAG) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(phone.get_by_label("New due time")).to_be_hidden()
    phone.get_by_label("A new date is needed").check()
    expect(phone.get_by_label("New due time")).to_be_visible()
    phone.get_by_label("It is done").check()
    phone.get_by_label("Tell in a few words").fill("Skiltet er satt opp.")
    phone.get_by_role("button", name="Send the report").press("Enter")
    expect(phone.get_by_text("Thank you. What you reported is delivered.")).to_be_visible()
    assert violations(phone, WCAG) == []

    secretary = Member(browser, live_server.url, cast.secretary, PHONE)
    secretary.go("/desk/")
    secretary.sees("Reports to take a stand on")
    secretary.go(f"{promised.get_absolute_url()}report/")
    secretary.sees("Skiltet er satt opp.")
    assert violations(secretary.page, WCAG) == []
    secretary.go(promised.get_absolute_url())
    secretary.press("Confirm and close")
    secretary.sees("Confirmed. Who reported is told.")

    phone.reload()
    expect(phone.get_by_role("heading", name="The link does not work")).to_be_visible()
    assert violations(phone, WCAG) == []
    assert OwnerReport.objects.get().fate == "confirmed"
    assert not Report.objects.filter(meeting=coming, follow_up=promised).exists()
