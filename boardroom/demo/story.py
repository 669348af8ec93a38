"""The stories of fixtures/demo: read, and filled in with days and, for tests, words that must never leak."""

import json
import random
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from boardroom.lib.dates import format_date
from boardroom.lib.workdays import working_days_after, working_days_before

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
STORIES = ("produktradet", "havnestyret", "kulturutvalet")
HOLE = re.compile(r"\{(canary|day|workday):([^{}]+)\}")

# Where a word is planted, and the lowest role that may read it there (reliability.md 6.1).
CANARIES = {
    "exempt-title": ("title of an exempt case of issued minutes", "member"),
    "exempt-text": ("description of an exempt case", "member"),
    "exempt-paper": ("title of an exempt paper", "member"),
    "exempt-block": ("text of the minutes of an exempt case", "member"),
    "exempt-promise": ("follow-up of an exempt case", "member"),
    "exempt-report": ("report on a follow-up of an exempt case", "member"),
    "internal-note": ("internal note of an agenda row", "secretary"),
    "review-text": ("draft of minutes sent for remarks", "observer"),
    "remark": ("remark of a member", "secretary"),
    "draft-text": ("draft of minutes nobody was sent", "secretary"),
    "called-title": ("title of an exempt case of a meeting that was called", "member"),
    "called-text": ("description of an exempt case of a meeting that was called", "member"),
    "planned-title": ("title of a case of a meeting whose call is not sent", "secretary"),
    "queue-title": ("title of an exempt case that waits for a meeting", "secretary"),
    "exempt-title-2": ("title of an exempt case of another board", "member"),
    "exempt-text-2": ("description of an exempt case of another board", "member"),
    "exempt-decision": ("decision of an exempt case of another board", "member"),
    "nn-title": ("title of an exempt case of the nynorsk board", "member"),
}


@dataclass
class Clock:
    """The days of the story. Nothing of it happens after `now`."""

    now: datetime
    days: dict[str, date] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def week(self, weeks: int) -> date:
        """The Monday so many weeks from this one."""
        return self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=weeks)

    def workday(self, number: int) -> date:
        """The working day so many from today; before it where the number is negative."""
        count = working_days_before if number < 0 else working_days_after
        return count(self.today, abs(number))

    def at(self, day: date, hour: int = 10) -> datetime:
        """The full hour of the day, Norwegian time, or now where that is still to come."""
        return min(timezone.make_aware(datetime.combine(day, time(hour))), self.now)


def made_up_words(seed: int) -> dict[str, str]:
    """A nonsense word for every canary; the same seed makes the same words."""
    chance = random.Random(seed)
    syllables = [one + two for one in "bdfgklmnprtv" for two in "aeiouy"]
    return {name: "Zq" + "".join(chance.sample(syllables, 4)) for name in CANARIES}


def read(name: str, clock: Clock, words: dict[str, str]) -> dict:
    """The story with the days of its meetings known to the clock, and every hole filled; `words` empty plants nothing."""
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    story = json.loads(text)
    for meeting in story["meetings"]:
        day = clock.week(meeting["weeks"]) + timedelta(days=meeting.get("weekday", 0))
        clock.days[meeting["key"]] = clock.today if meeting.get("today") else day
    return _filled(story, clock, words, story["board"]["language"])


def _filled(value, clock: Clock, words: dict[str, str], language: str):
    if isinstance(value, dict):
        return {key: _filled(one, clock, words, language) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, clock, words, language) for one in value]
    if not isinstance(value, str):
        return value

    def fill(hole: re.Match[str]) -> str:
        if hole[1] == "day":
            return format_date(clock.days[hole[2]], language)
        if hole[1] == "workday":
            return format_date(clock.workday(int(hole[2])), language)
        return f" {words[hole[2]]}" if words else ""

    return HOLE.sub(fill, value)
