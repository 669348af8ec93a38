"""Nine follow-ups are answered by keyboard, each in its way; one is corrected away, and the register opens it again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from boardroom.lib.fragments import plain_text
from boards.models import RowPurpose
from followups.carrying.carry import carry
from followups.drafting import start_minutes
from followups.models import FollowUp, Report, Status
from followups.resolutions import save_report
from publishing import issuing
from tests import factories
from tests.browser.journey import Member
from tests.browser.looking import WCAG, misfits, violations
from tests.followups.build import coming_meeting, follow_up, held_meeting

pytestmark = pytest.mark.django_db(transaction=True)

# What is typed in the list of ways, what is typed in the field it unfolds (a list takes the first fitting choice), and the text.
WAYS = [
    ("Planned", "", "Planlagt behandlet i et senere møte."),
    ("Prepared", "Sundby kommune", "Forberedes sammen med Sundby kommune."),
    ("Waits", "svar fra fylket", "Avventer svar fra fylket."),
    ("Part", "", "Inngår i arbeidsøkten i dette møtet."),
    ("A case", "2", "Sak 2-42/"),
    ("Information", None, "Orientering i møtet."),
    ("Done and", "https://eksempel.no/skilt", "Utført og publisert: https://eksempel.no/skilt."),
    ("Done, see", "Ola Bakken", "Utført, se e-post fra Ola Bakken."),
    ("In words", None, ""),
]


@pytest.fixture
def secretary(browser, live_server, transactional_db):
    """The secretary of a board whose meeting has nine follow-ups in the draft of its minutes."""
    board = factories.make_board()
    user = factories.make_user("sigrun", name="Sigrun Aasland Vik", language="en")
    factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=user), "secretary")
    today = timezone.localdate()
    held = held_meeting(board, today - timedelta(days=20), 41)
    for number, _way in enumerate(WAYS, 1):
        follow_up(held, f"Oppgave {number}", item=number)
    meeting = coming_meeting(board, today + timedelta(days=1), 42)
    factories.make_row(meeting, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS)
    factories.make_row(meeting, "Skilting", item=2)
    carry(board, at=timezone.now())
    start_minutes(meeting, user)
    member = Member(browser, live_server.url, user)
    member.user, member.meeting = user, meeting
    yield member
    member.context.close()


def tabs_to(page, words: str) -> None:
    while page.evaluate("document.activeElement.textContent.trim()") != words:
        page.keyboard.press("Tab")


def test_nine_are_answered_by_keyboard_and_one_is_corrected_away(secretary):
    page, meeting = secretary.page, secretary.meeting
    address = f"/boards/{meeting.board.slug}/meetings/{meeting.slug}"
    reports = list(Report.objects.filter(meeting=meeting).order_by("order"))
    secretary.go(f"{address}/follow-ups/reports/{reports[0].pk}/edit/")
    for report, (way, more, _text) in zip(reports, WAYS, strict=True):
        expect(page.locator(".report-form")).to_have_attribute("data-keep", f"report-{report.pk}")
        expect(page.locator("[name=kind]")).to_be_focused()
        page.keyboard.type(way)
        if more is not None:
            page.keyboard.press("Tab")
            page.keyboard.type(more)
        if report == reports[0]:
            assert violations(page, WCAG) == [] and misfits(page) == []
        tabs_to(page, "Save, and the next" if report != reports[-1] else "Save")
        page.keyboard.press("Enter")
    page.wait_for_url("**/minutes/**")

    said = [plain_text(one.resolution) for one in Report.objects.filter(meeting=meeting).order_by("order")]
    assert [text in words for words, (_way, _more, text) in zip(said, WAYS, strict=True)] == [True] * 9
    assert Report.objects.get(pk=reports[4].pk).resolves_to_row.item == 2

    minutes = meeting.minutes
    issuing.finalise(minutes, by=secretary.user, at=timezone.now(), reason="Ferdig.")
    done = FollowUp.objects.get(title="Oppgave 8")
    assert done.state == Status.DONE
    issuing.open_correction(minutes, "Bakken skrev om noe annet", by=secretary.user)
    wrong = Report.objects.get(meeting=meeting, follow_up=done)
    save_report(wrong, {"status": "", "kind": ""}, version=None, by=secretary.user, at=timezone.now())

    secretary.go(f"{address}/correct/")
    expect(page.get_by_text("«Oppgave 8» goes from Done to Open.")).to_be_visible()
    page.get_by_role("button", name="Issue the correction").press("Enter")
    page.wait_for_url("**/documents/")
    secretary.go(f"/boards/{meeting.board.slug}/follow-ups/{done.pk}/")
    expect(page.get_by_text("Bakken skrev om noe annet").first).to_be_visible()
    done.refresh_from_db()
    assert done.state == Status.OPEN
