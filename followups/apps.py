from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What is written to those who reported; mail finds the other letters by itself.
        from followups import owner_letters  # noqa: F401
