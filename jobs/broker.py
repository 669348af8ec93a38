"""Redis as the broker, with a reader that throws away what is no message instead of dying of it (reliability.md F9).

A message of an unknown task or in a format that is not allowed is refused by Celery itself; one that is no JSON, or names
no queue of ours, ends its worker.
"""

import logging
from queue import Empty

from kombu.transport import TRANSPORT_ALIASES, redis

log = logging.getLogger(__name__)


class Channel(redis.Channel):
    def _brpop_read(self, **options):
        try:
            return super()._brpop_read(**options)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            log.error("Something in Redis that is no message was thrown away (%s).", type(fault).__name__)
            raise Empty from None


class Transport(redis.Transport):
    Channel = Channel


TRANSPORT_ALIASES["redis"] = "jobs.broker:Transport"
TRANSPORT_ALIASES["rediss"] = "jobs.broker:Transport"
