"""A whole round on telephones: remarks, answers, a second draft, final minutes, and approval in every mode (issue 4)."""

import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from boardroom.lib.dates import format_date
from boards.models import Board, CaseType
from jobs.status import drain
from minutes.models import ReviewRound
from publishing import deeming, issuing
from tests import factories
from tests.browser import round as rounds
from tests.browser.journey import PHONE, Member, write
from tests.browser.looking import WCAG, ZOOMED, violations, wrong_at, wrong_in_the_dark
from tests.browser.round import remark_on
from tests.browser.secretary import case_of, finalise, hold, make_meeting, send_call
from tests.cast import board, cast

__all__ = ["board", "cast"]
pytestmark = pytest.mark.django_db(transaction=True)
How = Board.Approval
TODAY = format_date(timezone.localdate(), "nb")
LABEL = f"1-41/{(timezone.localdate() - timedelta(days=10)):%y}"
THE_TEXT, THE_DECISION = f"the discussion in case {LABEL}", f"«Beslutning» in case {LABEL}"


@pytest.fixture
def minutes(cast, settings, tmp_path):
    """The draft of a meeting of last week, on a board with its standing cases."""
    settings.BOARDROOM_DATA = tmp_path
    CaseType.objects.create(board=cast.board, order=9, name="Godkjenning", purpose="for-approval")
    factories.add_standing_items(cast.board)
    return rounds.held(cast)


@pytest.fixture
def phone(browser, live_server, minutes):
    """A function that gives the user's telephone, on the first page after signing in; no console has complained."""
    phones: dict = {}

    def of(user) -> Member:
        if user not in phones:
            phones[user] = Member(browser, live_server.url, user, PHONE)
        return phones[user]

    yield of
    assert [line for one in phones.values() for line in one.complaints] == []


def test_a_round_of_remarks_ends_in_approval_by_the_first_case_of_the_next_meeting(phone, minutes, cast):
    place = minutes.meeting.get_absolute_url()
    secretary = phone(cast.secretary)
    send(secretary, place)
    remark(phone, cast)
    settle(secretary, place)
    send(secretary, place)
    read_what_was_changed(phone, cast)
    finalise(secretary, place)

    following = make_meeting(secretary, timezone.localdate())
    attach_the_summary(secretary, place)
    send_call(secretary, following)
    read_what_is_to_be_approved(phone(cast.chair), following)
    hold(secretary, following)
    approve_in_the_first_case(secretary, following)
    finalise(secretary, following, reason="Resten av sakene utsettes.")
    secretary.sees("are approved.")

    drain()
    case = f"1-42/{timezone.localdate():%y}"
    said = [f"Godkjent {TODAY} i sak {case}.", f"Godkjenningen gjelder versjon 3: endelig referat, {TODAY}."]
    member = phone(cast.late)
    assert_printed(member, place, said)
    answer = member.context.request.get(f"{member.server}{place}documents/minutes/4/pdf/")
    told = subprocess.run(["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True).stdout.decode()
    assert all(line in " ".join(told.split()) for line in said)


@pytest.mark.parametrize(
    "way, asked, said",
    [
        (
            How.CIRCULATION,
            ["chair", "member", "second_member", "late"],
            [
                f"Godkjent på sirkulasjon {TODAY} av alle 4 som ble spurt.",
                f"Ragnhild Myrvold (leder), {TODAY}",
                f"Jonas Lia (medlem), {TODAY}",
            ],
        ),
        (
            How.NAMED,
            ["member", "second_member"],
            [
                f"Godkjent {TODAY} av dem som var valgt til det.",
                f"Tor Inge Sandbakk (medlem), {TODAY}",
                f"Amira Haddad (medlem), {TODAY}",
            ],
        ),
        (How.CHAIR, ["chair"], [f"Godkjent {TODAY} av møteleder Ragnhild Myrvold."]),
    ],
)
def test_a_round_ends_in_approval_by_those_who_are_asked(phone, minutes, cast, way, asked, said):
    Board.objects.update(approval=way)
    minutes.refresh_from_db()
    rounds.played(minutes, cast)
    issuing.finalise(minutes, by=cast.secretary, at=timezone.now(), reason="Klart.")
    place = minutes.meeting.get_absolute_url()
    secretary = phone(cast.secretary)
    secretary.go(f"{place}approval/")
    secretary.sends("Ask for approval")
    secretary.sees(f"0 of {len(asked)} have approved")
    assert violations(secretary.page, WCAG) == []

    for number, key in enumerate(asked, 1):
        one = phone(getattr(cast, key))
        one.sends("Read and approve")
        one.sends("Approve the minutes", exact=True)
        if number < len(asked):
            one.sees(f"{number} of {len(asked)} have approved")
    expect(one.page.get_by_role("heading", level=1)).to_have_text("The minutes are approved")
    version = f"Godkjenningen gjelder versjon 3: endelig referat, {TODAY}."
    assert_printed(phone(cast.late), place, [*said, version])


def test_a_round_ends_in_approval_when_its_deadline_has_passed(phone, minutes, cast):
    Board.objects.update(approval=How.DEEMED)
    minutes.refresh_from_db()
    rounds.played(minutes, cast, settles_late=False)
    place = minutes.meeting.get_absolute_url()
    deeming.look_for_passed_deadlines(timezone.now())
    drain()
    secretary = phone(cast.secretary)
    refuse(secretary, place)
    secretary.sends("Finalise the minutes")
    secretary.page.get_by_label("Reason").fill("Klart.")
    secretary.sends("Finalise the minutes")
    secretary.go(f"{place}approval/")
    secretary.sees("The minutes are deemed approved when")
    expect(secretary.page.get_by_text("not settled")).to_have_count(0)

    deeming.look_for_passed_deadlines(timezone.now())
    drain()
    secretary.page.reload()
    deadline = format_date(timezone.localdate() - timedelta(days=1), "nb")
    said = [f"Fristen for merknader var {deadline}.", f"Godkjenningen gjelder versjon 3: endelig referat, {TODAY}."]
    secretary.sees(said[0])
    assert_printed(phone(cast.member), place, said)


def send(secretary: Member, place: str) -> None:
    secretary.go(f"{place}send-for-review/")
    assert violations(secretary.page, WCAG) == []
    secretary.sends("Send for remarks")
    secretary.sees("The draft is out for remarks.")


def remark(phone, cast) -> None:
    """Two members remark, the chair confirms, and the fourth comes a day late."""
    member = phone(cast.member)
    member.page.reload()
    member.sends("Read and answer")
    remark_on(member, THE_TEXT, "Vi snakket også om lys ved brygga.")
    member.press("Send 1 remark")
    expect(member.page.locator("#receipt-heading")).to_have_text("1 remark was sent.")
    assert violations(member.page, WCAG) == []
    second = phone(cast.second_member)
    second.sends("Read and answer")
    remark_on(second, THE_DECISION, "Vi sa 1. juni, og at det er gratis.")
    second.press("Send 1 remark")
    expect(second.page.locator("#receipt-heading")).to_have_text("1 remark was sent.")
    chair = phone(cast.chair)
    chair.sends("Read and answer")
    chair.press("No remarks")
    expect(chair.page.locator("#receipt-heading")).to_have_text("Your answer was sent: no remarks.")

    day = timezone.localdate()
    ReviewRound.objects.update(sent_on=day - timedelta(days=8), deadline=day - timedelta(days=1))
    late = phone(cast.late)
    late.sends("Read and answer")
    late.sees("The deadline has passed.")
    remark_on(late, THE_DECISION, "Jeg stemte imot.")
    late.press("Send 1 remark")
    expect(late.page.locator("#receipt-heading")).to_contain_text("marked as late")


def settle(secretary: Member, place: str) -> None:
    """One is taken in and one in part, each written into the text beside it; the late one is refused with an answer."""
    page = secretary.page
    secretary.go(f"{place}review/remarks/")
    secretary.sees("0 of 3 settled")
    expect(remark_of(secretary, "Jonas Lia")).to_contain_text("Late")
    assert wrong_at(page, "the remarks", [PHONE, ZOOMED]) + wrong_in_the_dark(page, "the remarks") == []
    edit(secretary, rounds.TEXT, " Lys ved brygga ble nevnt.")
    become(secretary, "Tor Inge Sandbakk", "Take in", "Incorporated")
    edit(secretary, rounds.DECISION, " Det er gratis.")
    become(secretary, "Amira Haddad", "Take in partly", "Incorporated in part", "Prisen er en annen sak.")
    secretary.sees("2 of 3 settled")
    refuse(secretary, place)
    assert violations(page, WCAG) == []


def refuse(secretary: Member, place: str) -> None:
    secretary.go(f"{place}review/remarks/")
    become(secretary, "Jonas Lia", "Do not take in", "Not incorporated", "Vedtaket var enstemmig.")
    secretary.sees("All remarks are settled. What is next?")


def remark_of(secretary: Member, name: str):
    return secretary.page.locator(".settle", has_text=name)


def become(secretary: Member, name: str, press: str, status: str, answer: str = "") -> None:
    one = remark_of(secretary, name)
    if answer:
        one.get_by_text("Answer to the sender").click()
        one.get_by_label("Answer to the sender").fill(answer)
    one.get_by_role("button", name=press, exact=True).click()
    expect(one.locator(".settle-result")).to_contain_text(status)
    if answer:
        expect(one.locator(".settle-answer")).to_have_text(answer)


def edit(secretary: Member, text: str, more: str) -> None:
    """The text beside the remark says more."""
    beside = secretary.page.locator(".settling-text").filter(has_text=text)
    beside.get_by_text(text).last.click()
    write(beside, more)
    secretary.page.keyboard.press("Escape")
    expect(beside.locator("[data-changed]")).to_contain_text(more.strip())


def read_what_was_changed(phone, cast) -> None:
    """In the second draft a member sees what became of the remark, and what was changed, marked."""
    member = phone(cast.second_member)
    member.go("/my/")
    member.sends("Read and answer")
    member.sees("Draft 2 of the minutes")
    before = member.page.get_by_role("region", name="What became of your earlier remarks")
    expect(before).to_contain_text("Incorporated in part")
    expect(before).to_contain_text("Prisen er en annen sak.")
    expect(member.page.locator("ins, del")).to_have_count(0)
    member.sees("2 changes since the draft of")
    member.page.get_by_role("link", name="Show the changes").click()
    member.sees("Added")
    expect(member.page.get_by_role("navigation", name="Changed cases").get_by_role("link")).to_have_text([LABEL])
    expect(member.page.locator(".block ins")).to_contain_text(["Lys ved brygga ble nevnt.", "Det er gratis."])
    assert wrong_at(member.page, "the changes", [PHONE, ZOOMED]) + wrong_in_the_dark(member.page, "the changes") == []
    member.press("No remarks")
    expect(member.page.locator("#receipt-heading")).to_have_text("Your answer was sent: no remarks.")


def attach_the_summary(secretary: Member, place: str) -> None:
    secretary.go(f"{place}review/remarks/")
    secretary.page.locator("summary", has_text="More").locator("visible=true").last.click()
    secretary.sends("Attach the summary to the next meeting")
    secretary.sees("The summary will in a moment be a paper of case")
    drain()


def read_what_is_to_be_approved(member: Member, meeting: str) -> None:
    """On the agenda the first case tells which minutes it approves, and what became of their remarks."""
    member.go(f"{meeting}agenda/")
    member.sees("3 remarks: 1 incorporated in full, 1 incorporated in part, 1 not incorporated.")
    member.sees("Summary of the remarks")
    assert violations(member.page, WCAG) == []
    member.sends("See what was changed since the draft")
    member.sees("0 changes")


def approve_in_the_first_case(secretary: Member, meeting: str) -> None:
    secretary.go(f"{meeting}minutes/")
    secretary.press("Make the draft")
    case = case_of(secretary, "Godkjenning av innkalling")
    assert wrong_at(secretary.page, "the first case", [PHONE, ZOOMED]) == []
    case.get_by_role("button", name="Approved", exact=True).click()
    secretary.sees("The minutes become approved when these minutes are final.")
    expect(case.get_by_role("button", name="Approved", exact=True)).to_have_attribute("aria-pressed", "true")
    secretary.sees("Ingen merknader til referatet fra møtet")


def assert_printed(member: Member, place: str, lines: list[str]) -> None:
    """The fourth version is the approved one, and prints the log of its approval."""
    member.go(f"{place}documents/minutes/4/")
    for line in lines:
        expect(member.page.locator(".sheet")).to_contain_text(line)
    assert violations(member.page, WCAG) == []
