"""Boardroom keeps the record of what public boards decide.

Loading it makes Celery's application the one that every `@shared_task` belongs to.
"""

from boardroom.celery import app as celery_app

__all__ = ["VERSION", "celery_app"]

VERSION = "0.4.0"
