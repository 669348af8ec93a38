"""The demonstration, for whoever looks at Boardroom for the first time, and for tests that need a full installation."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from boardroom.demo import mails
from boardroom.demo.seeding import seed
from boards.models import Board


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration: three invented boards with their papers."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="chooses the words that --canaries plants")
        parser.add_argument("--json", action="store_true", help="print roles, passwords, boards and canaries")
        parser.add_argument("--canaries", action="store_true", help="plant nonsense words in what must not leak")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are boards already")

    def handle(self, *args, **options) -> None:
        if Board.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The demonstration is made in an empty database; this one has boards already.")
        as_json = options["json"]
        made = seed(
            timezone.now(),
            seed=options["seed"],
            with_canaries=as_json or options["canaries"] or settings.TEST_HOOKS,
            with_passwords=as_json,
        )
        mails.write(timezone.now())
        if as_json:
            self.stdout.write(json.dumps(made, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{len(made['boards'])} invented boards are ready.")
