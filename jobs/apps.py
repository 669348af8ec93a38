from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Each app keeps its handlers and schedule in <app>/jobs.py.
        autodiscover_modules("jobs")
