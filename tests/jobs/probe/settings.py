"""The product's settings, cut down to the rungs that jobs stand on, with a probe above them.

For processes that the tests start and kill: they begin quickly, and no other app's schedule mixes with what is counted.
"""

import os

from boardroom.settings import *  # noqa: F403

INSTALLED_APPS = [
    "tests.jobs.probe",
    "jobs",
    "audit",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = []
ROOT_URLCONF = "tests.jobs.probe.urls"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("PROBE_QUEUE", "celery")
