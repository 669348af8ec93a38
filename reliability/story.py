"""Run as a program beside an installation: `python -m reliability.story 60` makes the board that the scenarios work on.

It has so many held meetings, each with a draft that can be made final and one open follow-up; a next meeting that they
go to; and as many letters that can be sent again. Every name is invented.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardroom.settings")

BOARD, SECRETARY = "brygge-tilsynet", "bryggesekretaer"
TITLE = "Rekkverk på brygge {number}"


def make(count: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from jobs.models import Job

    with transaction.atomic():
        board, secretary = _board()
        today = timezone.localdate()
        for number in range(count):
            _held(board, secretary, number, today - timedelta(days=count - number))
        _next(board, today + timedelta(days=20))
        _letters(board, secretary, count)
        Job.objects.all().delete()


def _board():
    from accounts.models import User
    from boards.models import Board, Person, RowPurpose, Seat, StandingItem

    pattern = {"scheme": "per-meeting", "case_pattern": "{item}-{meeting}/{yy}", "meeting_pattern": "{meeting}/{yyyy}"}
    board = Board.objects.create(slug=BOARD, name="Bryggetilsynet", meeting_scheme="running", **pattern)
    StandingItem.objects.create(board=board, order=0, title="Oppfølging", purpose=RowPurpose.FOLLOW_UPS, minutes=10)
    user = User.objects.create(
        username=SECRETARY, first_name="Torbjørg", last_name="Kaien", is_demo=True, email="sekretaer@eksempel.example"
    )
    for number in range(4):
        person = Person.objects.create(name=f"Bryggefolk {number}", email=f"brygge{number}@eksempel.example")
        Seat.objects.create(board=board, person=person, name=person.name, order=number)
    person = Person.objects.create(name=user.display_name, user=user, email="sekretaer@eksempel.example")
    Seat.objects.create(board=board, person=person, name=person.name, role=Seat.Role.SECRETARY, order=9)
    return board, user


def _held(board, secretary, number: int, day) -> None:
    from django.utils import timezone

    from followups.drafting import start_minutes
    from followups.models import Action, FollowUp
    from meetings.models import AgendaRow, Meeting, MeetingDay
    from minutes.models import Block

    meeting = Meeting.objects.create(
        board=board, slug=f"m{number}", first_day=day, sequence=number + 1, number=str(number + 1), state="held",
        numbers_fixed_at=timezone.now(),
    )  # fmt: skip
    MeetingDay.objects.create(meeting=meeting, date=day)
    row = AgendaRow.objects.create(meeting=meeting, kind="case", order=1, item=1, title=f"Brygge {number}")
    minutes = start_minutes(meeting, secretary)
    item = minutes.items.get(row=row)
    Block.objects.create(item=item, html="<p>Tilsynet drøftet rekkverket.</p>", type=Block.Type.TEXT, order=1)
    made = FollowUp.objects.create(
        board=board, title=TITLE.format(number=number), source_meeting=meeting, source_row=row, source_label="1"
    )
    Action.objects.create(follow_up=made, text="Sette opp rekkverk.")


def _next(board, day) -> None:
    from meetings.models import Meeting, MeetingDay

    meeting = Meeting.objects.create(
        board=board, slug="neste", first_day=day, sequence=900, number="900", state="planned"
    )
    MeetingDay.objects.create(meeting=meeting, date=day)


def _letters(board, secretary, count: int) -> None:
    """Letters that can be sent again and again, and say the same each time."""
    from django.utils import timezone

    from mail.models import Letter
    from signin.models import SignInLink

    now = timezone.now()
    link = SignInLink.objects.create(asked_for=secretary.username, user=secretary, asked_at=now)
    asked = {"kind": "sign-in", "about": link.pk, "user": secretary, "board": board, "made_at": now}
    Letter.objects.bulk_create(
        Letter(key=f"prøve:{number}", state=Letter.State.SENT, **asked) for number in range(count)
    )


if __name__ == "__main__":
    django.setup()
    make(int(sys.argv[1]))
