"""Every page in a real browser, at a desk and on a telephone: nothing axe finds, nothing refused, all within reach."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from boardroom.demo.seeding import seed
from boardroom.routes import named_paths, table
from boards.models import Board
from mail import choices, composing, folder, kinds
from mail.models import Letter
from publishing.models import PublishedFollowUp
from tests import factories
from tests.browser.journey import Member, Visitor
from tests.browser.looking import DESK, FIT, PHONE, misfits, violations, wrong_at, wrong_with_buttons
from tests.test_access_matrix import PARAMETER, values_of

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "/boards/produktradet-stikartet/"
HARBOUR = "/boards/havnestyret-lyngvaer/"
PUBLIC = "/public/boards/produktradet-stikartet/"
# A file, a part of a page, or a page that sends one on; and the screens of test_screens.py.
NO_PAGES = {
    "health", "session", "language_on_device", "boards:find-people", "meetings:paper", "meetings:calendar-file", "minutes:remarks-csv",
    "minutes:block", "minutes:text-changes", "publishing:export", "publishing:document-pdf", "publishing:document-html",
    "followups:csv", "followups:xlsx", "followups:all-csv", "followups:all-xlsx", "followups:find-responsible",
    "mail:folder", "mail:mail", "mail:as-read", "mail:part",  # the first two are looked at with mails of a board
}  # fmt: skip
ELSEWHERE = {"home", "meetings:calendar", "meetings:annual-plan", "meetings:generate", "minutes:minutes"}
# The meetings an app's pages are looked at for, best first: 46 is planned, 44 called, 43 a draft, 42 in review, 41 final.
MEETINGS = {"minutes": (43,), "publishing": (41, 43, 44, 46), "meetings": (46, 44, 43), "followups": (44, 46, 43)}
BETTER = {
    "publishing:send-call": 46, "publishing:send-supplementary-call": 44, "publishing:call": 44, "meetings:tell": 44, "publishing:send-for-review": 43,
    "publishing:warnings": 43, "publishing:finalise": 42, "publishing:review": 42, "minutes:remarks": 42,
    "minutes:outside-note": 42, "minutes:add-remark": 42, "minutes:extend-round": 42, "meetings:attendance": 44, "meetings:meeting": 44, "meetings:answers": 44, "meetings:answer": 44, "meetings:person": 43,
}  # fmt: skip


@pytest.fixture
def demo(transactional_db, settings, tmp_path):
    """The demonstration with a mail in its folder, and passwords for those who look, who read English."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "mail.folder.Backend", str(tmp_path / "mail")
    now = timezone.now()
    seed(now)
    letter = Letter.objects.filter(kind="review", person__user__username="medlem").latest("pk")
    composing.compose(letter, letter, kinds.find("review").write(letter, now), now).send()
    for username in ("sekretar", "medlem", "medlem2", "administrator"):
        user = User.objects.get(username=username)
        user.set_password(factories.PASSWORD)
        user.language = User.Language.EN
        user.save()
    return Board.objects.get(slug="produktradet-stikartet")


def at(board: Board, sequence: int) -> str:
    return board.meetings.get(sequence=sequence).slug


def every_page(board: Board) -> Iterator[str]:
    """One address for each route with a page of its own, for a meeting that has what it is about."""
    by_number = {meeting.sequence: meeting for meeting in board.meetings.all()}
    for name, path in named_paths():
        route = table()[name]
        if "GET" not in route.methods or route.audience == "public" or name in NO_PAGES | ELSEWHERE:
            continue
        wanted = (BETTER.get(name), *MEETINGS.get(name.split(":")[0], ()), 44)
        parameters = [parameter for _kind, parameter in PARAMETER.findall(path)]
        for meeting in (by_number[number] for number in wanted if number):
            values = values_of(name, parameters, meeting)
            if values is not None and all(value is not None for value in values.values()):
                yield reverse(name, kwargs=values)
                break


def mails() -> list[str]:
    """The folder of the embedded mode, and the mail in it."""
    return [reverse("mail:folder"), *(reverse("mail:mail", args=[one.name]) for one in folder.newest(only_boards=True))]


def turning_off() -> str:
    """Where the link at the foot of a mail leads."""
    return reverse("mail:off", args=[choices.token(Letter.objects.filter(kind="review").latest("pk"))])


def pages_of(board: Board) -> dict[str, list[str]]:
    """The pages, by who reads them."""
    circulated = Board.objects.get(slug="havnestyret-lyngvaer").meetings.get(sequence=3)
    tracked = PublishedFollowUp.objects.filter(board_slug=board.slug, is_shown=True).exclude(report="").first()
    called, review, final = (f"{BOARD}meetings/{at(board, number)}/" for number in (44, 42, 41))
    return {
        "sekretar": [*every_page(board), "/find/?q=kart", f"{final}minutes/", "/nothing-here/"],
        "medlem": ["/my/", called, f"{called}answer/", f"{called}agenda/", f"{review}review/", f"{final}documents/minutes/2/", "/follow-ups/", *mails()],
        "medlem2": [f"{HARBOUR}meetings/{circulated.slug}/approval/answer/"],
        "administrator": ["/desk/", "/boards/new/", f"{BOARD}appoint/", "/jobs/", "/import/"],
        "": [
            "/", "/sign-in/", "/sign-in/link/used/", "/accessibility/", turning_off(), PUBLIC, f"{PUBLIC}meetings/{at(board, 41)}/",
            f"{PUBLIC}meetings/{at(board, 40)}/minutes/", "/tracker/", "/tracker/produktradet-stikartet/", tracked.get_absolute_url(),
            f"{PUBLIC}cases/{tracked.case}/",
        ],
    }  # fmt: skip


def wrong_with(one: Visitor, path: str) -> list[str]:
    """What is wrong with the page at a desk, and what of it does not fit on a telephone."""
    one.go(path)
    wrong = wrong_with_buttons(one.page, path, allowed=2 if path == "/desk/" else 1) + wrong_at(one.page, path, [DESK])
    one.page.set_viewport_size(PHONE)
    wrong += [f"{path} at {PHONE['width']}: {found}" for found in misfits(one.page) + violations(one.page, FIT)]
    one.page.set_viewport_size(DESK)
    return wrong


def test_every_page_is_accessible_and_complains_of_nothing(browser, live_server, demo):
    wrong = []
    for username, paths in pages_of(demo).items():
        who = [User.objects.get(username=username)] if username else []
        one = (Member if who else Visitor)(browser, live_server.url, *who)
        for path in paths:
            wrong += wrong_with(one, path)
        wrong += [said for said in one.complaints if "the server responded with a status of 4" not in said]
        one.context.close()
    assert wrong == [], "\n" + "\n".join(wrong)


def test_from_the_door_to_a_remark_by_keyboard_alone(browser, live_server, demo):
    one = Member(browser, live_server.url, User.objects.get(username="medlem"))
    one.page.keyboard.press("Tab")
    expect(one.page.locator(":focus")).to_have_attribute("href", re.compile("^#"))
    one.page.keyboard.press("Enter")
    one.go(f"{BOARD}meetings/{at(demo, 42)}/review/")
    one.page.locator("summary.spot-open").first.focus()
    one.page.keyboard.press("Enter")
    one.page.locator("textarea:focus").wait_for()
    one.page.keyboard.type("Det var ikke slik jeg sa det.")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("summary.spot-open").first).to_be_focused()
    send = one.page.get_by_role("button", name="Send 1 remark")
    send.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#receipt-heading")).to_be_focused()
    assert one.complaints == []
