"""The product's settings with one kind of letter of the tests' own, for processes that are started and killed."""

import os

from boardroom.settings import *  # noqa: F403
from boardroom.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.mail.probe"]
EMAIL_TIMEOUT = 2
EMAIL_PORT = int(os.environ.get("PROBE_SMTP_PORT", "25"))
EMAIL_HOST = "127.0.0.1"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
