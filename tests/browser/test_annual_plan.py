"""The annual plan and the calendar in a real browser: topics by keyboard in one page, a year of meetings, nothing axe finds."""

from datetime import date

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting, PlannedTopic
from tests import factories
from tests.browser.journey import PHONE, Member, comes, drag
from tests.browser.looking import WCAG, violations

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = date.today().year + 1
PLAN = f"/boards/badevannsradet/annual-plan/?year={YEAR}"


@pytest.fixture
def user(transactional_db):
    board = factories.make_board(default_place="Storsalen")
    user = factories.make_user("secretary", name="Sigrun Aasland Vik", language="en")
    factories.make_seat(board, factories.make_person("Sigrun Aasland Vik", user=user), "secretary")
    return user


@pytest.fixture
def secretary(browser, live_server, user):
    one = Member(browser, live_server.url, user)
    yield one
    one.context.close()


def loads(page) -> list[str]:
    """The pages the browser loads from now on."""
    found: list[str] = []
    page.on("framenavigated", lambda frame: found.append(frame.url))
    return found


def findings(one: Member) -> list[str]:
    return [f"{one.page.url}: {found}" for found in violations(one.page, WCAG)]


def test_topics_are_typed_edited_and_moved_by_keyboard_in_one_page(secretary):
    page = secretary.page
    secretary.go(PLAN)
    loaded = loads(page)
    field = page.get_by_label("New topic, September")
    field.focus()
    for title in ("Budsjett", "Møteplan"):
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.get_by_role("listitem").filter(has_text=title).wait_for()
        expect(field).to_be_focused()
        expect(field).to_have_value("")
    page.get_by_role("link", name="Edit «Budsjett»").press("Enter")
    title = page.get_by_label("Topic", exact=True)
    expect(title).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" for neste år")
    page.get_by_label("Month or meeting").select_option(f"{YEAR}-10")
    page.get_by_label("Every year").check()
    title.press("Enter")
    expect(page.get_by_role("link", name="Edit «Budsjett for neste år»")).to_be_focused()
    topic = PlannedTopic.objects.get(title="Budsjett for neste år")
    assert (topic.month, topic.is_yearly) == (date(YEAR, 10, 1), True)
    page.keyboard.press("Enter")
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Edit «Budsjett for neste år»")).to_be_focused()
    assert (loaded, secretary.complaints) == ([], [])


def test_a_topic_is_dragged_to_another_month(secretary):
    page = secretary.page
    secretary.go(PLAN)
    field = page.get_by_label("New topic, January")
    for title in ("A", "B"):
        field.fill(title)
        field.press("Enter")
        page.get_by_role("link", name=f"Edit «{title}»").wait_for()
    february = f"#month-{YEAR}-02 .topics"
    handle = page.locator(".topic").filter(has_text="A").locator(".topic-handle")
    drag(page, handle, page.locator(february), page.locator(f"{february} > .topic:not(.sortable-drag)"))
    expect(page.locator(f"{february} .topic-title")).to_have_text(["A"])
    comes(page, lambda: PlannedTopic.objects.get(title="A").month, date(YEAR, 2, 1))


def test_a_year_of_meetings_is_made_by_keyboard(secretary):
    page = secretary.page
    secretary.go(PLAN)
    page.get_by_role("link", name=f"Make meetings for {YEAR}").press("Enter")
    page.get_by_label("Which").select_option("third")
    page.get_by_label("Weekday", exact=True).select_option("3")
    page.get_by_label("How often").select_option("2")
    page.get_by_label("Start").fill("9")
    page.get_by_label("Planned end").fill("12")
    page.get_by_label("Start").press("Enter")
    secretary.sees("Make 5 meetings")
    page.get_by_label("Make this meeting").first.press("Space")
    page.get_by_role("button", name="Make 4 meetings").press("Enter")
    secretary.sees("4 meetings are made.")
    made = Meeting.objects.order_by("first_day")
    assert [meeting.first_day.month for meeting in made] == [3, 5, 9, 11]
    assert {(meeting.state, meeting.first_day.weekday()) for meeting in made} == {("tentative", 3)}
    assert secretary.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_calendar_and_plan_are_accessible_and_fit_a_narrow_screen(browser, live_server, user, scheme):
    board = user.person.seats.get().board
    for number, state in enumerate(["tentative", "planned", "called", "cancelled", "postponed"], start=1):
        reason = "Ingen saker" if state in ("cancelled", "postponed") else ""
        factories.make_meeting(board, date(YEAR, number, 11), sequence=number, state=state, state_reason=reason)
    PlannedTopic.objects.create(board=board, title="Budsjett", month=date(YEAR, 9, 1), is_yearly=True, note="Utkast")
    rule = f"kind=monthly&first={YEAR}-01&last={YEAR}-12&place=1&weekday=0&months=1"
    topic = PlannedTopic.objects.get()
    pages = [
        *(f"/calendar/?year={YEAR}&month=5&view={view}" for view in ("year", "month", "list")),
        "/boards/badevannsradet/calendar/",
        PLAN,
        f"/boards/badevannsradet/annual-plan/topics/{topic.pk}/",
        f"/boards/badevannsradet/annual-plan/meetings/?year={YEAR}&{rule}",
        f"/boards/badevannsradet/meetings/{board.meetings.first().slug}/move/",
    ]
    wrong = []
    for viewport in (None, PHONE, {"width": 320, "height": 640}):
        one = Member(browser, live_server.url, user, viewport)
        one.page.emulate_media(color_scheme=scheme)
        for path in pages:
            one.go(path)
            wrong += findings(one)
            width = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wrong += [f"{path} is {width} too wide in {viewport}"] if width > 0 else []
        wrong += one.complaints
        one.context.close()
    assert wrong == []
