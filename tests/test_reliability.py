"""The short form of `make reliability`: a secretary works while web and loop are killed (reliability.md B6)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.services
def test_nothing_is_lost_doubled_or_half_done_while_web_and_loop_are_killed():
    words = [sys.executable, "-m", "reliability", "kills", "--short", "--seed", "20261122"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=600)

    assert "ok   B6 random kills on SQLite: 0 faults; 4 kills, 8 acts" in run.stdout, run.stdout + run.stderr
    assert run.returncode == 0
