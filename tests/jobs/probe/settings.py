"""The product's settings with a probe installed, for processes that the tests start and kill."""

import os

from boardroom.settings import *  # noqa: F403
from boardroom.settings import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = [*PRODUCT_APPS, "tests.jobs.probe"]
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("PROBE_QUEUE", "celery")
