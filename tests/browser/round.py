"""A round of remarks as it is played on telephones, and as it has been played where a story starts after it."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone
from playwright.sync_api import expect

from minutes import editing, review, settling
from minutes.models import Block, Minutes, Remark
from publishing import issuing
from tests import factories
from tests.browser.journey import Member
from tests.publishing.conftest import Cycle

CASE = "Ny badeplass ved Sundbytjern"
TEXT = "Rådet drøftet badeplassen og ba om en plan for parkering."
DECISION = "Rådet åpner badeplassen 15. mai."
ELECTED = "Til å godkjenne referatet ble Tor Inge Sandbakk og Amira Haddad valgt."


def held(cast: SimpleNamespace) -> Minutes:
    """The draft of a meeting of last week. A fourth has a vote, who is late with everything: `cast.late`."""
    cast.late = factories.make_user("late", name="Jonas Lia", language="en", email="late@example.org")
    person = factories.make_person("Jonas Lia", organisation="Sundby kommune", user=cast.late, email=cast.late.email)
    factories.make_seat(cast.board, person)
    type(cast.late).objects.update(language="en")
    meeting = factories.make_meeting(cast.board, timezone.localdate() - timedelta(days=10), place="Rådhuset")
    for title in (CASE, "Valg av to til å godkjenne referatet"):
        factories.make_row(meeting, title, type="Tilslutning", minutes=10)
    cycle = Cycle(cast.secretary)
    minutes = cycle.hold(cycle.call(meeting, timezone.now() - timedelta(days=20)))
    for title, kind, text in [(CASE, "text", TEXT), (CASE, "decision", DECISION), ("Valg av to", "decision", ELECTED)]:
        found = Block.objects.filter(item__minutes=minutes, item__row__title__startswith=title, type=kind)
        found.update(html=f"<p>{text}</p>")
    return minutes


def remark_on(member: Member, what: str, text: str) -> None:
    """A remark under its block, and the focus back where one was reading."""
    button = member.page.locator(f"summary[aria-label='Write a remark on {what}']")
    button.click()
    member.page.locator("textarea:focus").fill(text)
    member.page.get_by_role("button", name="Done writing").locator("visible=true").click()
    expect(button).to_be_focused()


def played(minutes: Minutes, cast: SimpleNamespace, *, settles_late: bool = True) -> None:
    """Two have remarked, one has confirmed and one was late; they have their answers, and a second draft has been out.

    The days of the second draft are past too. Without `settles_late`, the late remark waits for its answer.
    """
    by, days = cast.secretary, _days_ago
    opened = issuing.send_for_review(minutes, deadline=days(5).date(), by=by, at=days(9))
    text, decision = (Block.objects.get(html=f"<p>{words}</p>") for words in (TEXT, DECISION))
    taken = _remark(opened, cast.member, "Vi snakket også om lys ved brygga.", text, days(8))
    partly = _remark(opened, cast.second_member, "Vi sa 1. juni, og at det er gratis.", decision, days(7))
    review.no_remarks(opened, cast.chair.person, at=days(6), by=cast.chair)
    late = _remark(opened, cast.late, "Jeg stemte imot.", decision, days(4))
    said = {"html": "<p>Rådet åpner badeplassen 1. juni.</p>"}
    editing.save_block(decision, said, version=decision.version, by=by, at=days(3))
    settling.settle(taken, "incorporated", "", at=days(3), by=by)
    settling.settle(partly, "partly-incorporated", "Prisen er en annen sak.", at=days(3), by=by)
    if settles_late:
        settling.settle(late, "not-incorporated", "Vedtaket var enstemmig.", at=days(3), by=by)
    issuing.send_for_review(minutes, deadline=days(1).date(), by=by, at=days(3))


def _remark(opened, user, text: str, block: Block, at: datetime) -> Remark:
    return review.add_remark(opened, text=text, at=at, by=user, person=user.person, block=block)


def _days_ago(number: int) -> datetime:
    return timezone.localtime() - timedelta(days=number)
