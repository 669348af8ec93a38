from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What is written to those who reported, and the night's reminders; mail and jobs find the others by themselves.
        from followups.owners import letters  # noqa: F401
        from followups.reminders import jobs  # noqa: F401
