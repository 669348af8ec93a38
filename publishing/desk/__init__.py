"""The desk of someone signed in: ten working days, a card for each board, and what waits beside them."""

from dataclasses import dataclass
from datetime import date, timedelta

from boardroom.lib.workdays import next_working_days, working_days_after
from boards.models import Board
from boards.roles import may, roles_of
from minutes.models import Answer
from publishing.desk.cards import Card, asked_of, boards_of, card_of, known_meetings
from publishing.desk.reports import Reports, reports_of
from publishing.desk.sides import FollowUps, Remarks, actions_of, counts_of, drafts_of, follow_ups_of, remarks_of
from publishing.desk.strip import LENGTH, Day, Entry, deadlines_among, of_follow_ups, of_reader, of_writer, placed
from publishing.desk.words import deadlines_in_week


@dataclass
class Desk:
    """Everything the desk shows. `plans` are the boards where the user makes meetings; `runs_boards` says that there are
    boards the user may see without a seat on any."""

    cards: list[Card]
    days: list[Day]
    deadlines: str
    is_quiet: bool
    settles_remarks: bool
    remarks: Remarks
    reports: Reports
    drafts: list[Answer]
    follow_ups: FollowUps
    plans: list[Board]
    runs_boards: bool = False


def desk(user, today: date) -> Desk:
    """What the user should see of every board, in the same number of queries for one board and for thirty."""
    visible = boards_of(user, today)
    boards = [board for board in visible if roles_of(user, board, today)]
    days = next_working_days(today, LENGTH)
    known = known_meetings(boards, today, days[-1])
    asked = asked_of(user, known)
    cards = [card_of(board, known[board.pk], user, today, asked) for board in boards]
    actions = actions_of(boards, user, today)
    counts = counts_of(actions)
    entries = [*_entries(boards, known, user, asked), *of_follow_ups(counts, today)]
    settles = [board for board in boards if may(user, "minutes.settle_remarks", board)]
    strip = placed(days, entries, today)
    return Desk(
        sorted(cards, key=lambda card: (card.pressing, card.board.name)),
        strip,
        _this_week(entries, today),
        not any(day.entries for day in strip),
        bool(settles),
        remarks_of(settles, today) if settles else Remarks(),
        reports_of([board for board in boards if may(user, "followups.close", board)], user, today),
        drafts_of(user, today),
        follow_ups_of(actions, counts, boards, today),
        [board for board in boards if may(user, "meetings.edit", board)],
        bool(visible) and not boards,
    )


def _entries(boards: list[Board], known: dict, user, asked: set[int]) -> list[Entry]:
    found: list[Entry] = []
    for board in boards:
        writes = may(user, "minutes.write", board)
        for one in known[board.pk]:
            found += of_writer(one) if writes else of_reader(one, one.meeting.pk in asked)
    return found


def _this_week(entries: list[Entry], today: date) -> str:
    """How many deadlines the rest of the week has; on its last free days those of the next."""
    sunday = today + timedelta(days=6 - today.weekday())
    is_over = working_days_after(today, 0) > sunday
    first, last = (sunday + timedelta(days=1), sunday + timedelta(days=7)) if is_over else (today, sunday)
    return deadlines_in_week(deadlines_among(entries, first, last), is_over)
