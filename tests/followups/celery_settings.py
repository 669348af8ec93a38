"""The product's settings with a Celery queue that belongs to one test."""

import os

from boardroom.settings import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = os.environ["CARRY_TEST_QUEUE"]
