"""Reminders while workers are really killed and the mail server refuses, breaks off and delays (reliability.md B22).

The full size is `python -m reliability mail`, its figures stand in docs/reliability.md.
"""

import os

import pytest

from reliability import mail
from reliability.base import Base


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="the same on every database")
def test_under_kills_and_faults_everybody_gets_the_reminder_and_nobody_what_is_not_theirs():
    with Base(20260422, short=True) as base:
        lines = list(mail.run(base))
    assert [str(line) for line in lines if not line.holds] == []
