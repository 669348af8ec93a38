"""Run as a program beside an installation: a board whose members each answer for something due today. No names of anybody.

python -m reliability.mail_story 500 Word    so many members, and a word that stands in exempt cases only
"""

import os
import sys
from datetime import time, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardroom.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from boards.models import Board, Person, Seat  # noqa: E402
from followups.models import Action, FollowUp, Responsible  # noqa: E402
from jobs.queue import enqueue  # noqa: E402
from meetings.models import AgendaRow, Meeting  # noqa: E402
from minutes.models import Minutes  # noqa: E402

SLUG = "kystradet-paminnelser"
IS_EXEMPT = 10  # one in so many
ALWAYS = {"remind_at": time(0), "quiet_from": None, "quiet_until": None, "reminds_on_working_days": False}


@transaction.atomic
def make(count: int, closed_word: str) -> None:
    today = timezone.localdate()
    board = Board.objects.create(slug=SLUG, name="Kystrådet\r\nBcc: ond@b22.example", **ALWAYS)
    meeting = Meeting.objects.create(board=board, slug="m1", first_day=today - timedelta(days=60), state="held")
    Minutes.objects.create(meeting=meeting, state="final")
    rows = [
        AgendaRow.objects.create(meeting=meeting, kind="case", order=order, title=title, access_level=level)
        for order, (title, level) in enumerate([("Bøyer", ""), (f"Avtale med {closed_word}", "exempt")])
    ]
    for number in range(count):
        is_exempt = number % IS_EXEMPT == 0
        title = f"{closed_word} {number}" if is_exempt else f"Bøye {number}\r\nBcc: ond@b22.example"
        person = Person.objects.create(name=f"Medlem {number}", email=f"m{number}@b22.example")
        Seat.objects.create(board=board, person=person, name=person.name)
        made = FollowUp.objects.create(board=board, title=title, source_meeting=meeting, source_row=rows[is_exempt])
        action = Action.objects.create(follow_up=made, text=title, due_on=today)
        Responsible.objects.create(action=action, person=person)
    enqueue("remind", "remind:b22", {})


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])
