"""A deputy who was called reads for that meeting what the member would in whose place they come, and no more (P36)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from boards import people
from boards.models import Seat
from mail.rules import still_sits
from meetings import agenda, answers, attendance, deputies, papers
from meetings.models import Meeting, Reply
from publishing import calling
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "Zqhemmelig"
EXEMPT = {"access_level": "exempt", "access_basis": "offl. § 13", "public_title": "Personalsak"}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = timezone.localdate() + timedelta(days=20)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def called_meeting(cast, day: date, sequence: int) -> Meeting:
    """Called, with an exempt case that has a paper."""
    meeting = factories.make_meeting(cast.board, day, sequence=sequence, place="Rådhuset")
    row = agenda.add_row(meeting, by=cast.secretary, title=f"{SECRET} tilsetting", **EXEMPT)
    papers.add(meeting, by=cast.secretary, row=row, upload=SimpleUploadedFile("Notat.pdf", PDF), title=SECRET)
    calling.send_call(meeting, by=cast.secretary, at=timezone.now())
    meeting.refresh_from_db()
    return meeting


def stand_in(cast, meeting: Meeting) -> None:
    at, member = timezone.now(), cast.member.person
    answers.answer(meeting, member, Reply.Answer.NOT_COMING, at=at, by=cast.member)
    deputies.call(meeting, member, cast.deputy.person, at=at, by=cast.secretary)


def seen_by(client, meeting: Meeting) -> list[bool]:
    """Whether the exempt title stands on the agenda and in the call as it was sent, and whether the paper opens."""
    place = f"/boards/{meeting.board.slug}/meetings/{meeting.slug}"
    pages = [client.get(f"{place}/{path}") for path in ("agenda/", "documents/call/1/")]
    paper = client.get(f"{place}/papers/{meeting.papers.get().pk}/")
    return [SECRET in page.content.decode() for page in pages] + [paper.status_code == 200]


def test_who_is_called_reads_what_is_exempt_in_that_meeting_alone(cast, signed_in):
    meeting, other = called_meeting(cast, DAY, 41), called_meeting(cast, DAY + timedelta(days=30), 42)
    assert seen_by(signed_in(cast.deputy), meeting) == [False] * 3

    stand_in(cast, meeting)
    assert seen_by(signed_in(cast.deputy), meeting) == [True] * 3
    assert seen_by(signed_in(cast.deputy), other) == [False] * 3
    assert seen_by(signed_in(cast.observer), meeting) == [False] * 3


@pytest.mark.parametrize("ends", ["declined", "released", "left"])
def test_whose_call_has_ended_reads_it_no_more(cast, signed_in, ends):
    meeting = called_meeting(cast, DAY, 41)
    stand_in(cast, meeting)
    if ends == "declined":
        answers.answer(meeting, cast.deputy.person, Reply.Answer.NOT_COMING, at=timezone.now(), by=cast.deputy)
    elif ends == "released":
        deputies.release(meeting.deputy_calls.get(), at=timezone.now(), by=cast.secretary)
    else:
        people.end_seat(cast.deputy.person.seats.get(), timezone.localdate() - timedelta(days=1), by=cast.secretary)

    assert seen_by(signed_in(cast.deputy), meeting) == [False] * 3


def test_a_list_made_before_sends_no_mail_to_who_has_left(cast):
    """The attendance list of a meeting ahead names a member whose seat ends: nothing more goes there (A8, B22)."""
    meeting, member = called_meeting(cast, DAY, 41), cast.member.person
    attendance.prepare(meeting, by=cast.secretary)
    assert still_sits(member, cast.board, timezone.now())

    Seat.objects.filter(person=member).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert not still_sits(member, cast.board, timezone.now())


def test_one_without_a_seat_who_stands_in_is_still_written_to(cast):
    meeting, guest = called_meeting(cast, DAY, 41), factories.make_person("Gro Vedvik", email="gro@example.org")
    row = attendance.add(meeting, by=cast.secretary, name=guest.name, person=guest, role="guest")
    assert not still_sits(guest, cast.board, timezone.now())

    type(row).objects.filter(pk=row.pk).update(role="deputy", stands_in_for="Tor Inge Sandbakk")
    assert still_sits(guest, cast.board, timezone.now())


def test_calling_somebody_of_another_board_tells_nothing_of_them(cast, signed_in):
    """The number of a person of another board is a number like any other (A10)."""
    meeting = called_meeting(cast, DAY, 41)
    member = cast.member.person
    answers.answer(meeting, member, Reply.Answer.NOT_COMING, at=timezone.now(), by=cast.member)
    address = f"/boards/{cast.board.slug}/meetings/{meeting.slug}/answers/{member.pk}/deputy/"
    secretary, theirs = signed_in(cast.secretary), cast.outsider.person

    answered = [secretary.post(address, {"deputy": key}) for key in (theirs.pk, 10**9)]
    assert [one.status_code for one in answered] == [404, 404]
    assert theirs.name not in answered[0].content.decode()
    assert not meeting.deputy_calls.exists()
