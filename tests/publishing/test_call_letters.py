"""The letters of a meeting as they lie in the mailbox: parts, calendar, and what never stands in them (A8, B18)."""

import re
from datetime import timedelta
from email import message_from_bytes

import pytest
import vobject
from django.core import mail

from boards.models import Seat
from jobs.models import Job
from mail.models import Letter
from meetings import notices, workflow
from meetings.models import CallRecipient, Meeting
from publishing import calling
from tests import factories

CANARY = "Kvitrelundsaken"


class Mail:
    """One mail of the outbox as its bytes are read."""

    def __init__(self, sent):
        self.to = sent.to
        self.raw = sent.message().as_bytes(linesep="\r\n")
        self.message = message_from_bytes(self.raw)
        self.parts = {part.get_content_type(): part for part in self.message.walk()}

    def text(self, kind: str = "text/plain") -> str:
        return self.parts[kind].get_payload(decode=True).decode()

    @property
    def event(self):
        return vobject.readOne(self.text("text/calendar")).vevent


@pytest.fixture
def sent(work):
    """A function: what has been sent since it was last asked, by address."""
    seen = []

    def newest() -> dict[str, Mail]:
        work()
        fresh = mail.outbox[len(seen) :]
        seen.extend(fresh)
        return {one.to[0]: Mail(one) for one in fresh}

    return newest


def test_the_call_is_text_html_and_an_invitation_that_both_kinds_of_clients_understand(meeting, cycle, sent):
    cycle.call(meeting)
    got = sent()["member@example.org"]

    kinds = [part.get_content_type() for part in got.message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    part = got.parts["text/calendar"]
    assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "utf-8")
    assert got.parts["application/ics"].get_filename() == "invite.ics"
    assert got.parts["application/ics"].get_payload(decode=True).decode().replace("\r\n", "\n") == got.text(
        "text/calendar"
    ).replace("\r\n", "\n")
    assert [one.value for one in got.event.attendee_list] == ["mailto:member@example.org"]
    for kind in ("text/plain", "text/html"):
        said = " ".join(got.text(kind).split())
        assert "20. april 2026" in said and "12.00–15.00" in said and "Rådhuset" in said
        assert "2-41/26 Ny badeplass ved Sundbytjern" in said
        assert "/boards/badevannsradet/meetings/41-2026/" in said


def test_recipients_never_see_each_other(meeting, cycle, sent):
    cycle.call(meeting)
    letters = sent()

    assert len(letters) == 5
    for address, got in letters.items():
        whole = got.raw + b"".join(part.get_payload(decode=True) or b"" for part in got.message.walk())
        assert got.to == [address] and set(re.findall(r"[\w.]+@example\.org", whole.decode())) == {address}


def test_update_and_cancellation_follow_the_invitation(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    first = sent()["member@example.org"].event
    workflow.move(meeting, meeting.first_day + timedelta(days=7), by=cast.secretary, reason="Lederen er bortreist.")
    notices.tell(meeting, by=cast.secretary, at=now, message="Lederen er bortreist.")
    moved = sent()["member@example.org"]
    workflow.cancel(meeting, by=cast.secretary, reason="For få saker.")
    notices.tell(meeting, by=cast.secretary, at=now, message="For få saker.")
    off = sent()["member@example.org"]

    assert first.uid.value == moved.event.uid.value == off.event.uid.value
    assert [int(one.sequence.value) for one in (first, moved.event, off.event)] == [0, 1, 2]
    assert moved.event.dtstart.value - first.dtstart.value == timedelta(days=7)
    said = " ".join(moved.text().split())
    assert "27. april 2026 at 12.00–15.00 (was: mandag 20. april 2026" in said and "Lederen er bortreist." in said
    assert off.parts["text/calendar"].get_param("method") == "CANCEL" and off.event.status.value == "CANCELLED"
    assert "is cancelled" in off.text() and "For få saker." in off.text()


def test_a_postponed_meeting_gets_its_new_date_in_the_same_calendar_entry(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    first = sent()["member@example.org"].event
    workflow.postpone(meeting, by=cast.secretary, reason="Streik.")
    notices.tell(meeting, by=cast.secretary, at=now)
    sent()
    workflow.move(meeting, meeting.first_day + timedelta(days=14), by=cast.secretary)
    notices.tell(meeting, by=cast.secretary, at=now)
    again = sent()["member@example.org"]

    assert again.event.uid.value == first.uid.value and again.event.sequence.value == "2"
    assert again.event.status.value == "CONFIRMED" and "has a new date" in again.text()


def test_nothing_is_mailed_of_a_meeting_that_was_not_called(meeting, cast, sent):
    workflow.move(meeting, meeting.first_day + timedelta(days=7), by=cast.secretary)

    assert notices.untold(meeting) == [] and not sent()
    assert not Letter.objects.exists() and not Job.objects.filter(kind="letter").exists()


def test_a_call_that_waits_while_the_meeting_moves_tells_the_newest(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(place="Biblioteket")
    meeting.refresh_from_db()
    notices.tell(meeting, by=cast.secretary, at=now)
    letters = sent()

    assert {one.event.location.value for one in letters.values()} == {"Biblioteket"}
    assert {one.event.sequence.value for one in letters.values()} == {"1"}


def test_calls_and_changes_that_wait_are_dropped_when_the_meeting_is_off(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    workflow.cancel(meeting, by=cast.secretary, reason="For få saker.")
    notices.tell(meeting, by=cast.secretary, at=now)
    letters = sent()

    assert {one.parts["text/calendar"].get_param("method") for one in letters.values()} == {"CANCEL"}
    assert set(Letter.objects.filter(kind="call").values_list("state", flat=True)) == {"dropped"}


def test_who_left_the_board_is_told_nothing_more(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    sent()
    Seat.objects.filter(person__user=cast.member).update(ends_on=now.date() - timedelta(days=1))
    workflow.cancel(meeting, by=cast.secretary, reason="For få saker.")
    notices.tell(meeting, by=cast.secretary, at=now)

    assert "member@example.org" not in sent()


def test_one_who_is_called_afterwards_gets_what_was_told_last(meeting, cycle, cast, sent, now):
    cycle.call(meeting)
    workflow.move(meeting, meeting.first_day + timedelta(days=7), by=cast.secretary, reason="Lederen er bortreist.")
    notices.tell(meeting, by=cast.secretary, at=now)
    sent()
    person = factories.make_person("Jorunn Hval", email="jorunn@example.org")
    factories.make_seat(meeting.board, person)
    calling.add_recipient(meeting, person, by=cast.secretary, at=now)
    calling.add_recipient(meeting, person, by=cast.secretary, at=now)
    letters = sent()

    assert list(letters) == ["jorunn@example.org"]
    assert letters["jorunn@example.org"].event.sequence.value == "1"
    assert CallRecipient.objects.filter(person=person).count() == 1


def test_each_reads_in_their_own_language(meeting, cycle, cast, sent, settings):
    settings.LOCALE_PATHS = [settings.BASE_DIR / "locale"]
    cycle.call(meeting)
    cast.member.language = "en"
    cast.member.save()
    letters = sent()

    assert "You are called to" in letters["member@example.org"].text()


def test_no_word_of_an_exempt_case_is_in_any_byte(meeting, cycle, cast, sent, now):
    row = meeting.agenda_rows.get(title="Ny badeplass ved Sundbytjern")
    shield = {"access_level": "exempt", "access_basis": "Offentleglova § 13"}
    type(row).objects.filter(pk=row.pk).update(title=f"{CANARY} i barnehagen", **shield)
    calling.send_call(meeting, by=cast.secretary, at=now, message=f"Husk {CANARY}.")
    Meeting.objects.filter(pk=meeting.pk).update(place=f"Rom 3, {CANARY}", url=f"https://video.example/{CANARY}")
    meeting.refresh_from_db()
    letters = list(sent().values())
    notices.tell(meeting, by=cast.secretary, at=now, message=f"{CANARY} utgår.")
    letters += sent().values()

    assert len(letters) == 10
    for one in letters:
        whole = one.raw + b"".join(part.get_payload(decode=True) or b"" for part in one.message.walk())
        assert CANARY.encode() not in whole and b"barnehagen" not in whole
    assert "Exempt from public access" in letters[0].text() or "Unntatt" in letters[0].text()


def test_a_case_made_exempt_after_the_call_is_named_in_no_further_copy(meeting, cycle, cast, sent):
    cycle.call(meeting)
    row = meeting.agenda_rows.get(title="Ny badeplass ved Sundbytjern")
    type(row).objects.filter(pk=row.pk).update(access_level="exempt", access_basis="Offentleglova § 13")

    for one in sent().values():
        assert "badeplass" not in one.text() and "badeplass" not in one.text("text/html")


def test_a_title_of_short_words_is_hidden_as_a_whole(meeting, cycle, cast, sent, now):
    """No word of it is long enough to tell anything, the title does (A8)."""
    row = meeting.agenda_rows.get(title="Ny badeplass ved Sundbytjern")
    type(row).objects.filter(pk=row.pk).update(title="Odd mot Kari")
    cycle.call(meeting)
    type(row).objects.filter(pk=row.pk).update(access_level="exempt", access_basis="Offentleglova § 13")
    Meeting.objects.filter(pk=meeting.pk).update(place="Rom 3, odd mot kari")
    meeting.refresh_from_db()
    letters = list(sent().values())
    notices.tell(meeting, by=cast.secretary, at=now, message="Ta med saken Odd mot Kari.")
    letters += sent().values()

    assert len(letters) == 10
    assert all("odd mot kari" not in part.lower() for one in letters for part in (one.text(), one.text("text/html")))
