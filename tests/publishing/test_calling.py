from datetime import timedelta

import pytest
from django.core import mail

from audit.models import Entry
from boardroom.lib.workflow import TransitionRefused
from boards.models import Seat
from jobs.models import Job
from mail.models import Letter
from meetings import agenda
from meetings.models import Call, CallRecipient, Meeting
from publishing import calling
from publishing.models import Document
from tests import factories


def issued(meeting) -> list[tuple[str, int, str]]:
    return list(Document.objects.filter(meeting=meeting).values_list("kind", "version", "stage"))


def test_a_sent_call_fixes_numbers_freezes_call_and_agenda_and_tells_everybody(meeting, cycle, now):
    call = calling.send_call(meeting, by=cycle.by, at=now)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CALLED
    assert list(meeting.agenda_rows.values_list("label", flat=True)) == ["1-41/26", "2-41/26", "3-41/26"]
    assert issued(meeting) == [("agenda", 1, "issued"), ("call", 1, "issued")]
    called = ["Sigrun Aasland Vik", "Ragnhild Myrvold", "Tor Inge Sandbakk", "Amira Haddad", "Håkon Ødegård"]
    assert [one.person.name for one in call.recipients.all()] == called
    assert Job.objects.filter(kind="letter").count() == 5
    assert list(meeting.notices.values_list("sequence", flat=True)) == [0]


def test_a_letter_stands_for_each_recipient(meeting, cycle, work):
    cycle.call(meeting)
    work()

    states = CallRecipient.objects.values_list("letter__kind", "letter__state")
    assert set(states) == {("call", "sent")}


def test_a_second_copy_of_a_mail_can_be_told_by_its_message_id(meeting, cycle, work):
    cycle.call(meeting)
    work()
    first = {sent.to[0]: sent.extra_headers["Message-ID"] for sent in mail.outbox}
    Letter.objects.update(state=Letter.State.SENDING)
    Job.objects.filter(kind="letter").update(state=Job.State.QUEUED, done_at=None)
    work()

    assert len(mail.outbox) == 2 * len(first)
    assert {sent.to[0]: sent.extra_headers["Message-ID"] for sent in mail.outbox[len(first) :]} == first


def test_who_left_the_board_before_the_mail_went_out_gets_none(meeting, cycle, cast, work, now):
    cycle.call(meeting)
    Seat.objects.filter(person__user=cast.member).update(ends_on=now.date() - timedelta(days=1))
    work()

    assert "member@example.org" not in [sent.to[0] for sent in mail.outbox]
    assert CallRecipient.objects.get(person__user=cast.member).letter.state == Letter.State.DROPPED


def test_a_recipient_without_an_address_is_named(meeting, cycle, work):
    factories.make_seat(meeting.board, factories.make_person("Jorunn Hval"))
    cycle.call(meeting)
    work()

    assert CallRecipient.objects.get(person__name="Jorunn Hval").letter.state == Letter.State.REFUSED


def test_a_call_without_cases_is_refused_and_changes_nothing(board, cast, now):
    empty = factories.make_meeting(board)
    with pytest.raises(TransitionRefused, match="The agenda has no cases yet"):
        calling.send_call(empty, by=cast.secretary, at=now)

    empty.refresh_from_db()
    assert (empty.state, empty.numbers_fixed_at) == (Meeting.State.PLANNED, None)
    assert [Document.objects.count(), Call.objects.count(), Job.objects.count(), Entry.objects.count()] == [0, 0, 0, 0]


def test_a_call_is_sent_once(meeting, cycle, now):
    cycle.call(meeting)
    with pytest.raises(TransitionRefused, match="sent once"):
        calling.send_call(meeting, by=cycle.by, at=now)
    assert Call.objects.count() == 1


def test_a_late_case_goes_out_with_a_supplementary_call_and_the_first_stays(meeting, cycle, now):
    cycle.call(meeting)
    before = Document.objects.get(kind="agenda").content
    agenda.add_row(meeting, kind="case", by=cycle.by, title="Hastesak om blågrønnalger")
    call = calling.send_supplementary_call(meeting, by=cycle.by, at=now + timedelta(days=2))

    assert call.number == 2
    assert [one for one in issued(meeting) if one[0] == "agenda"] == [
        ("agenda", 1, "issued"),
        ("agenda", 2, "supplementary"),
    ]
    assert Document.objects.get(kind="agenda", version=1).content == before
    assert "Hastesak om blågrønnalger" in str(Document.objects.get(kind="agenda", version=2).content)


def test_no_supplementary_call_where_nothing_is_new(meeting, cycle, now):
    cycle.call(meeting)
    with pytest.raises(TransitionRefused, match="Nothing has changed since the last call"):
        calling.send_supplementary_call(meeting, by=cycle.by, at=now)
    assert Call.objects.count() == 1
