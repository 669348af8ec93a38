"""Plays a story in the order of its days: every document in the demonstration was issued by the product's own acts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from boardroom.demo import approving, following, writing
from boardroom.demo.story import Clock
from boards.models import Board, Person
from followups.carrying.carry import carry_boards
from followups.drafting import start_meeting, start_minutes
from followups.models import FollowUp
from mail.models import Letter
from meetings import answers, planning, presses, running, workflow
from meetings.models import AgendaRow, Meeting
from minutes import review, settling
from minutes.models import Minutes, ReviewRound
from publishing import calling, issuing, publication
from publishing.models import Document

STAGES = ("cancelled", "tentative", "planned", "called", "running", "held", "in-review", "final", "approved")
ANSWER = "Adressen hører til sekretariatet og skal stå i dokumentet."


@dataclass
class Play:
    """One board's story while it is played."""

    board: Board
    clock: Clock
    by: User
    meetings: dict[str, Meeting] = field(default_factory=dict)
    rows: dict[str, dict[str, AgendaRow]] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    to_publish: set[int] = field(default_factory=set)

    def run(self, story: dict) -> None:
        """Everything the story tells has happened, in the order of the days."""
        for one in story.get("register", []):
            self.follow_ups[one["key"]] = writing.write_before(self.board, one, self.clock, self.by)
        happenings = [one for meeting in story["meetings"] for one in self.happenings(meeting)]
        for at, _order, act, meeting in sorted(happenings, key=lambda one: one[:2]):
            act(meeting, at)

    def happenings(self, story: dict) -> Iterator[tuple[datetime, int, Callable, dict]]:
        """(when, place in the meeting's life, act, story) up to the stage where the story leaves the meeting."""
        day, reached = self.clock.days[story["key"]], STAGES.index(story["until"])
        made = self.clock.week(story["weeks_made"]) if "weeks_made" in story else day - timedelta(days=49)
        plan = [
            (made, 10, self.make, "cancelled"),
            (day - timedelta(days=12), 10, self.between, "called"),
            (day - timedelta(days=10), 12, self.call, "called"),
            (day, 15, self.hold, "held"),
            (day + timedelta(days=3), 9, self.send_for_review, "in-review"),
            (day + timedelta(days=5), 11, self.remark, "in-review"),
            (day + timedelta(days=9), 11, self.settle_round, "in-review"),
            (day + timedelta(days=10), 9, self.send_anew, "in-review"),
            (max(day + timedelta(days=5), self.clock.today - timedelta(days=1)), 15, self.remark_late, "in-review"),
            (day + timedelta(days=12), 10, self.finalise, "final"),
            (self.clock.today - timedelta(days=story.get("circulated_days_ago", 0)), 7, self.circulate, "final"),
        ]
        for order, (when, hour, act, stage) in enumerate(plan):
            if reached >= STAGES.index(stage):
                yield self.clock.at(when, hour), order, act, story
        if story["until"] == "running":
            yield self.clock.now, len(plan), self.run_first_cases, story
        if story["until"] == "cancelled":
            yield self.clock.at(made + timedelta(days=14)), len(plan), self.cancel, story

    def make(self, story: dict, at: datetime) -> None:
        day = self.clock.days[story["key"]]
        start = self.clock.week(story["moved_from"]) if "moved_from" in story else day
        meeting = planning.create_next_meeting(
            self.board,
            start,
            by=self.by,
            number=f"{story['number']}/{day.year}" if "number" in story else None,
            state="tentative" if story["until"] == "tentative" else "planned",
            name=story.get("name", ""),
            is_extraordinary=story.get("extraordinary"),
            mode="hybrid",
        )
        if start != day:
            workflow.move(meeting, day, by=self.by, reason="Lederen er bortreist.")
        if "since" in story:
            began = timezone.localtime(running_since(self.clock.now, story["since"]))
            writing.set_hours(meeting, began.time())
        self.rows[story["key"]] = writing.write_agenda(meeting, story, self.clock, self.by)
        self.meetings[story["key"]] = meeting
        self.carry(at)

    def between(self, story: dict, at: datetime) -> None:
        """What the responsible reported before the meeting, and what the secretary closed."""
        for key, *said in story.get("reported", []):
            following.report(self.follow_ups[key], *said, by=self.by, at=at)
        for key, *changed in story.get("closed_before", []):
            following.close_action(self.follow_ups[key], *changed, by=self.by, at=at)

    def call(self, story: dict, at: datetime) -> None:
        self.carry(at)
        meeting = self.fresh(story)
        following.plan(meeting, story, self.follow_ups, self.meetings, by=self.by, at=at)
        call = calling.send_call(meeting, by=self.by, at=at)
        Letter.objects.filter(call_recipient__call=call).update(state=Letter.State.SENT, sent_at=at)
        back = Letter.objects.filter(call_recipient__call=call, person__name__in=story.get("came_back", []))
        back.update(state=Letter.State.RETURNED, problem="550 5.1.1 User unknown")
        if "agenda" in story.get("publish", []):
            self.publish(meeting, Document.Kind.AGENDA, at)
        self.reply(meeting, story.get("replies", []), at)
        self.carry(at)

    def reply(self, meeting: Meeting, replies: list, at: datetime) -> None:
        """Who has said whether they come; whoever has no account told the secretary by telephone."""
        for name, said, note in replies:
            person = Person.objects.get(name=name)
            by, on_behalf = (person.user, False) if person.user else (self.by, True)
            answers.answer(meeting, person, said, note=note, at=at, by=by, on_behalf=on_behalf)

    def run_first_cases(self, story: dict, at: datetime) -> None:
        """The meeting goes on just now: its first cases are treated, one is being treated, and somebody has left."""
        meeting, began = self.fresh(story), running_since(at, story["since"])
        minutes = start_meeting(meeting, self.by, at=began)
        writing.take_attendance(meeting, story, self.by)
        items = list(minutes.items.filter(section="").select_related("row"))
        for item, after in zip(items, story["begun_after"], strict=False):
            item.minutes, item.row.meeting = minutes, meeting
            running.begin(item.row, by=self.by, at=began + timedelta(minutes=after))
            writing.write_standing(item, self.board, self.by)
        self.follow_ups |= writing.write_minutes(minutes, story, self.rows[story["key"]], at, self.by)
        for name, after in story["left_after"].items():
            one = meeting.attendance.get(name=name)
            left = timezone.localtime(began + timedelta(minutes=after)).time()
            presses.leave(one, left.replace(second=0, microsecond=0), by=self.by)

    def hold(self, story: dict, at: datetime) -> None:
        meeting = self.fresh(story)
        workflow.hold(meeting, by=self.by)
        writing.take_attendance(meeting, story, self.by)
        writing.put_off(story, self.rows[story["key"]], self.by)
        minutes = start_minutes(meeting, self.by)
        self.follow_ups |= writing.write_minutes(minutes, story, self.rows[story["key"]], at, self.by)
        writing.write_reports(meeting, story, self.follow_ups)

    def send_for_review(self, story: dict, at: datetime) -> None:
        deadline = at.date() + timedelta(days=story.get("review_days", 7))
        note = story.get("review_note", "")
        self.send_draft(story, deadline, note, at)

    def send_draft(self, story: dict, deadline: date, note: str, at: datetime) -> None:
        """The draft is out, and the letters about it went that day."""
        minutes = self.minutes(story)
        issuing.send_for_review(minutes, deadline=deadline, by=self.by, at=at, note=note)
        of_reviews = Letter.objects.filter(board=self.board, made_at=at, kind__in=["review", "remark-settled"])
        of_reviews.update(state=Letter.State.SENT, sent_at=at)

    def remark(self, story: dict, at: datetime) -> None:
        opened = self.minutes(story).review_rounds.get(is_open=True)
        self.send_remarks(opened, story, story.get("remarks", []), at)
        self.confirm(opened, story.get("no_remarks", []), at)

    def confirm(self, opened: ReviewRound, names: list[str], at: datetime) -> None:
        for name in names:
            person = Person.objects.get(name=name)
            review.no_remarks(opened, person, at=at, by=person.user)

    def settle_round(self, story: dict, at: datetime) -> None:
        """What came late, by telephone and beside the remarks, and the texts that were changed for it."""
        if "second_round" not in story:
            return
        opened = self.minutes(story).review_rounds.get(is_open=True)
        opened.minutes = self.minutes(story)
        self.send_remarks(opened, story, story["late_remarks"], at)
        for name, came_by, days, case, text, status, answer in story["received"]:
            item = opened.minutes.items.get(row=self.rows[story["key"]][case])
            said = {"came_by": came_by, "received_on": opened.sent_on + timedelta(days=days), "text": text}
            block = item.blocks.first()
            sent = settling.register_remark(
                opened, person=Person.objects.get(name=name), block=block, by=self.by, at=at, **said
            )
            settling.settle(sent, status, answer, at=at, by=self.by)
        for sender, text, label, answer in story["notes"]:
            said = {"sender": sender, "text": text, "label": label, "answer": answer, "received_on": at.date()}
            settling.write_outside_note(opened, by=self.by, **said)
        writing.edit_texts(opened.minutes, story["edits"], self.rows[story["key"]], at, self.by)

    def send_anew(self, story: dict, at: datetime) -> None:
        if "second_round" in story:
            days = story["second_round"]["review_days"]
            deadline = at.date() + timedelta(days=days)
            self.send_draft(story, deadline, story["second_round"]["note"], at)

    def remark_late(self, story: dict, at: datetime) -> None:
        """What came in yesterday, and waits."""
        if story.get("remarks_yesterday"):
            opened = self.minutes(story).review_rounds.get(is_open=True)
            self.send_remarks(opened, story, story["remarks_yesterday"], at)
            self.confirm(opened, story.get("no_remarks_yesterday", []), at)

    def send_remarks(self, opened: ReviewRound, story: dict, remarks: list, at: datetime) -> None:
        for name, case, text, status, answer, *place in remarks:
            person = Person.objects.get(name=name)
            item = opened.minutes.items.get(row=self.rows[story["key"]][case])
            if place == ["case"]:
                about = {"item": item}
            else:
                about = {"block": item.blocks.filter(type=place[0]).first() if place else item.blocks.first()}
            sent = review.add_remark(opened, text=text, at=at, by=person.user, person=person, **about)
            if status:
                settling.settle(sent, status, answer, at=at, by=self.by)

    def finalise(self, story: dict, at: datetime) -> None:
        minutes = self.minutes(story)
        result = issuing.finalise(minutes, by=self.by, at=at)
        if "minutes" in story.get("publish", []):
            self.to_publish.add(minutes.meeting_id)
            if story["until"] == "final":
                self.publish(minutes.meeting, Document.Kind.MINUTES, at)
        if self.board.approval == approving.CIRCULATION and story["until"] == "approved":
            approving.circulate(minutes, [], by=self.by, at=at)
            result.approved.append(minutes)
        for earlier in result.approved:
            workflow.close(Meeting.objects.get(pk=earlier.meeting_id), by=self.by)
            if earlier.meeting_id in self.to_publish:
                self.publish(earlier.meeting, Document.Kind.MINUTES, at)
        self.carry(at)

    def circulate(self, story: dict, at: datetime) -> None:
        """The minutes are out for approval, and some have answered."""
        if "circulated_days_ago" in story:
            approving.circulate(self.minutes(story), story["approved_by"], by=self.by, at=at)

    def cancel(self, story: dict, at: datetime) -> None:
        workflow.cancel(self.fresh(story), by=self.by, reason=story["reason"])

    def carry(self, at: datetime) -> None:
        """The night's carrying, as it ran then."""
        carry_boards([self.board.pk], at=at)

    def publish(self, meeting: Meeting, kind: str, at: datetime) -> None:
        document = Document.objects.filter(meeting=meeting, kind=kind).order_by("-version").first()
        answers = {finding.key: ANSWER for finding in publication.findings(document)}
        publication.publish(document, by=self.by, at=at, answers=answers)

    def fresh(self, story: dict) -> Meeting:
        return Meeting.objects.select_related("board").get(pk=self.meetings[story["key"]].pk)

    def minutes(self, story: dict) -> Minutes:
        return Minutes.objects.select_related("meeting__board").get(meeting=self.meetings[story["key"]])


def running_since(now: datetime, minutes: int) -> datetime:
    """So many minutes ago, or at midnight where that was yesterday."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(now - timedelta(minutes=minutes), midnight)
