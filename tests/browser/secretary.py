"""What a secretary does to a meeting, page by page: makes it, calls it, holds it, and makes its minutes final."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.journey import Member

BOARD = "/boards/badevannsradet"


def make_meeting(secretary: Member, day: date) -> str:
    """The board's next meeting on the day; its address."""
    secretary.go(f"{BOARD}/meetings/new/")
    secretary.page.get_by_label("Date", exact=True).fill(day.isoformat())
    secretary.press("Make the meeting")
    secretary.sees("The meeting is made")
    path = secretary.page.url.removeprefix(secretary.server)
    return path.removesuffix("agenda/")


def send_call(secretary: Member, meeting: str) -> None:
    secretary.go(f"{meeting}send-call/")
    secretary.press("Send the call")
    secretary.page.wait_for_url("**/call/")
    assert "The call is on its way to" in secretary.text()


def hold(secretary: Member, meeting: str) -> None:
    """Everybody was there but one, who was there for a part."""
    secretary.go(f"{meeting}attendance/")
    secretary.sends("Fill in from the seats")
    status = secretary.page.get_by_label("Status of Tor Inge Sandbakk", exact=True)
    status.select_option("partial")
    secretary.sends("Save the status of Tor Inge Sandbakk")
    expect(status).to_have_value("partial")
    secretary.press("Mark the meeting as held")
    secretary.sees("The meeting is marked as held.")


def case_of(secretary: Member, title: str):
    """The case of that title, shown in the middle of the page."""
    secretary.page.locator("#case-pane h2").first.wait_for()
    secretary.settles()
    heading = secretary.page.locator("#case-pane h2", has_text=title)
    if not heading.count():
        secretary.page.locator("#cases-pane").get_by_role("link", name=title).click()
        heading.wait_for()
    return secretary.page.locator("section.case").filter(has=secretary.page.get_by_role("heading", name=title)).first


def finalise(secretary: Member, meeting: str, reason: str = "") -> None:
    secretary.go(f"{meeting}finalise/")
    if reason:
        secretary.page.get_by_label("Reason").fill(reason)
    else:
        assert "Everything on the completeness list is there." in secretary.text()
    secretary.press("Finalise the minutes")
    secretary.page.wait_for_url("**/documents/")
    assert "Final" in secretary.text()
