"""The clock: once each time, across downtime, two clocks and summer time."""

from datetime import UTC, datetime, time, timedelta

import pytest

from jobs import health, schedule

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setattr(schedule, "_entries", {})
    ran = []

    @schedule.every("carry", daily="05:00")
    def carry(now):
        ran.append("carry")

    @schedule.every("index", minutes=10)
    def index(now):
        ran.append("index")

    return ran


@pytest.mark.django_db
def test_each_entry_runs_in_its_own_rhythm(entries):
    assert schedule.tick(NOON) == ["carry", "index"]
    assert schedule.tick(NOON + timedelta(minutes=9)) == []
    assert schedule.tick(NOON + timedelta(minutes=10)) == ["index"]
    assert schedule.tick(datetime(2026, 3, 3, 3, 59, tzinfo=UTC)) == ["index"]
    assert schedule.tick(datetime(2026, 3, 3, 4, 0, tzinfo=UTC)) == ["carry"]


@pytest.mark.django_db
def test_days_without_a_clock_are_caught_up_once(entries):
    schedule.tick(NOON)
    entries.clear()

    schedule.tick(NOON + timedelta(days=5))
    schedule.tick(NOON + timedelta(days=5))

    assert entries == ["carry", "index"]


@pytest.mark.django_db
def test_an_entry_that_fails_is_tried_again_and_holds_no_other_up(entries):
    faults = [RuntimeError("no paper")]

    @schedule.every("a-report", minutes=10)
    def report(now):
        if faults:
            raise faults.pop()
        entries.append("report")

    assert schedule.tick(NOON) == ["carry", "index"]
    planned = {one.label: one for one in health.schedule_of(NOON)}
    assert planned["a-report"].last_error == "RuntimeError: no paper"
    assert schedule.tick(NOON) == ["a-report"]

    planned = {one.label: one for one in health.schedule_of(NOON)}
    assert {label: one.next_run_at for label, one in planned.items()} == {
        "a-report": NOON + timedelta(minutes=10),
        "index": NOON + timedelta(minutes=10),
        "carry": datetime(2026, 3, 3, 4, 0, tzinfo=UTC),
    }
    assert planned["a-report"].last_error == ""


@pytest.mark.django_db
def test_a_clock_that_nobody_looks_at_is_told(entries, settings):
    assert health.examine(NOON).is_clock_silent
    schedule.tick(NOON)

    assert not health.examine(NOON + timedelta(seconds=settings.JOB_TICK_SECONDS)).is_clock_silent
    assert health.examine(NOON + timedelta(minutes=30)).is_clock_silent


@pytest.mark.django_db
def test_of_two_clocks_one_runs_the_entry(entries):
    """The second clock looked before the first one stamped."""
    seen = {}

    @schedule.every("remind", minutes=10)
    def remind(now):
        entries.append("remind")
        if not seen:
            seen["other"] = schedule.tick(now)

    schedule.tick(NOON)

    assert entries.count("remind") == 1
    assert seen["other"] == []


@pytest.mark.parametrize(
    ("clock", "now", "latest"),
    [
        ("02:30", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 28, 1, 30, tzinfo=UTC)),
        ("02:30", datetime(2026, 3, 29, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("02:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("05:00", datetime(2026, 7, 1, 2, 59, tzinfo=UTC), datetime(2026, 6, 30, 3, 0, tzinfo=UTC)),
        ("05:00", datetime(2026, 12, 1, 4, 0, tzinfo=UTC), datetime(2026, 12, 1, 4, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_comes_round_once_a_day_on_both_nights_of_the_change(clock, now, latest):
    assert schedule.latest_daily(time.fromisoformat(clock), now) == latest


def test_a_rhythm_is_given_and_only_one():
    with pytest.raises(ValueError):
        schedule.every("nothing")
    with pytest.raises(ValueError):
        schedule.every("both", minutes=1, daily="05:00")
