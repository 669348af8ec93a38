"""A board whose minutes promise and report follow-ups, for the tests of the public tracker."""

from datetime import UTC, date, datetime, timedelta

import pytest

from boards.models import RowPurpose
from followups.carrying.carry import carry
from followups.drafting import start_minutes
from followups.models import FollowUp, Report
from followups.promises import Promise, save_promises
from jobs import queue
from jobs.models import Job
from meetings import workflow as meeting_workflow
from meetings.models import AgendaRow, Meeting
from minutes import editing
from minutes.models import Block, Minutes
from publishing import calling, issuing, publication
from publishing.models import Document, Publication
from tests import factories

TODAY = datetime(2026, 6, 26, 10, 0, tzinfo=UTC)
EXEMPT = {"access_level": AgendaRow.Level.EXEMPT, "access_basis": "offl. § 13"}


class Story:
    """Takes the board from meeting to meeting by the product's own acts."""

    def __init__(self, board, by):
        self.board, self.by = board, by

    def plan(self, sequence: int, day: date, *titles: str, **exempt) -> Meeting:
        """A meeting with a case for follow-ups first; the last of the titles may be exempt."""
        meeting = factories.make_meeting(self.board, day, sequence=sequence, place="Rådhuset")
        factories.make_row(meeting, "Oppfølging", item=1, purpose=RowPurpose.FOLLOW_UPS)
        for item, title in enumerate(titles, start=2):
            factories.make_row(meeting, title, item=item, **(exempt if item == len(titles) + 1 else {}))
        return meeting

    def hold(self, meeting: Meeting) -> Minutes:
        """Held, with what is open carried there, and a text in every case."""
        carry(self.board, at=self.at(meeting, -1), by=None)
        calling.send_call(meeting, by=self.by, at=self.at(meeting, -1))
        meeting_workflow.hold(meeting, by=self.by)
        minutes = start_minutes(meeting, self.by)
        for item in minutes.items.exclude(row=None):
            if not item.blocks.exists():
                factories.make_block(item, "<p>Rådet drøftet saken.</p>")
        return minutes

    def promise(self, minutes: Minutes, label: str, *promises: Promise) -> list[FollowUp]:
        item = minutes.items.get(label=label)
        item.minutes = minutes
        block = editing.add_block(item, Block.Type.FOLLOW_UP, by=self.by)
        return save_promises(block, promises, by=self.by, at=self.at(minutes.meeting))

    def report(self, minutes: Minutes, follow_up: FollowUp, resolution: str, **said) -> None:
        values = {"resolution": f"<p>{resolution}</p>", **said}
        assert Report.objects.filter(meeting=minutes.meeting, follow_up=follow_up).update(**values) == 1

    def finalise(self, minutes: Minutes, days: int = 5) -> Document:
        minutes.refresh_from_db()
        return issuing.finalise(minutes, by=self.by, at=self.at(minutes.meeting, days), reason="Kort møte.").document

    def publish(self, document: Document, days: int = 6, **said) -> Publication:
        answers = {finding.key: "Offentlig." for finding in publication.findings(document)}
        at = self.at(document.meeting, days)
        return publication.publish(document, by=self.by, at=at, answers=answers, **said)

    def at(self, meeting: Meeting, days: int = 0) -> datetime:
        return datetime.combine(meeting.first_day, datetime.min.time(), UTC) + timedelta(days=days, hours=12)


def keep_up() -> None:
    """The tracker's jobs are done, and no others."""
    for job in Job.objects.filter(kind="track", state=Job.State.QUEUED):
        queue.run(job.pk)


@pytest.fixture
def story(board, cast) -> Story:
    return Story(board, cast.secretary)


@pytest.fixture
def april(story) -> Minutes:
    """Meeting 41, held: one case with three promises, and an exempt one with its own."""
    meeting = story.plan(41, date(2026, 4, 20), "Ny badeplass ved Sundbytjern", "Zqtilsetting av badevakt", **EXEMPT)
    minutes = story.hold(meeting)
    story.promise(
        minutes,
        "2-41/26",
        Promise("Måle vannet hver uke", ["Tor Inge Sandbakk"], "10. juni 2026"),
        Promise(
            "=Skilte stien til badeplassen", ["Ragnhild Myrvold", "Zqukjent Person"], "neste møte", note="Zqmerknad"
        ),
        Promise("Spørre Badelaget om vakter", ["Badelaget"], "når Zqola er frisk igjen"),
    )
    story.promise(minutes, "3-41/26", Promise("Zqringe søkeren", ["Tor Inge Sandbakk"], "1. mai 2026"))
    return minutes


@pytest.fixture
def told(story, april) -> list[FollowUp]:
    """The follow-ups of meeting 41 in their order, its minutes published."""
    story.publish(story.finalise(april))
    return list(FollowUp.objects.filter(board=story.board).order_by("pk"))


@pytest.fixture
def june(story, told) -> Minutes:
    """Meeting 42, held, with what is open on its list, and nothing written yet."""
    return story.hold(story.plan(42, date(2026, 6, 15), "Sommeren"))
