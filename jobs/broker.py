"""Redis as the broker, with workers that die neither of what is no message nor of a Redis that is full (reliability.md F8, F9).

A message of an unknown task or in a format that is not allowed is refused by Celery itself; one that is no JSON, or names
no queue of ours, ends its worker.
"""

import logging
from queue import Empty

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ResponseError

log = logging.getLogger(__name__)


class Channel(redis.Channel):
    def _brpop_read(self, **options):
        try:
            return super()._brpop_read(**options)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            log.error("Something in Redis that is no message was thrown away (%s).", type(fault).__name__)
            raise Empty from None


class Transport(redis.Transport):
    """Where Redis refuses a command (full, read only), the worker connects anew after a while, as where it is away."""

    Channel = Channel

    def _get_errors(self):
        connection_errors, channel_errors = super()._get_errors()
        return (*connection_errors, ResponseError), channel_errors


TRANSPORT_ALIASES["redis"] = "jobs.broker:Transport"
TRANSPORT_ALIASES["rediss"] = "jobs.broker:Transport"
