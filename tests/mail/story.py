"""Run as a program: a board with so many members, and a letter to each of them on its way. No names of anybody."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.mail.kill_settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from boards.models import Board, Person, Seat  # noqa: E402
from mail import post  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        board, _made = Board.objects.get_or_create(slug="kystradet", defaults={"name": "Kystrådet"})
        for number in range(int(sys.argv[1])):
            person = Person.objects.create(name=f"Medlem {number}", email=f"m{number}@example.org")
            Seat.objects.create(board=board, person=person, name=person.name)
            post.send("probe-reminder", f"probe:{number}", at=timezone.now(), person=person, board=board, about=number)
