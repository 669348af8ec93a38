"""What stands before the first request of the embedded mode."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the database up to date; in demo mode, fill an empty one with the demonstration."

    def handle(self, *args, **options) -> None:
        settings.BOARDROOM_DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if settings.DEMO and "seed_demo" in get_commands() and not apps.get_model("boards", "Board").objects.exists():
            self.stdout.write("Making the demonstration …")
            call_command("seed_demo", stdout=self.stdout)
