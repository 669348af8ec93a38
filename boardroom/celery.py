"""Celery: a doorbell and a clock. The truth about work is the job table (jobs/queue.py)."""

import os

from celery import Celery

from boardroom.start import explain_bad_configuration
from jobs import broker as broker

explain_bad_configuration()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boardroom.settings")

app = Celery("boardroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
