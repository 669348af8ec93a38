"""S7: the night's carry-forward for a thousand boards, against one set-based statement with an audit row for each follow-up."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import monotonic, process_time

from bench.base import Base, line

BOARDS, HELD, OPEN_EACH = 1000, 6, 20
OF_A_MEETING, OPEN_IN_FIRST_FOUR, OPEN_IN_LAST_TWO = 33, 3, 4  # of each board 198 follow-ups, 20 of them open
DUE = ("", "når den er klar", "neste møte", "januar 2099")
ROUNDS = 3
GOALS = {"PostgreSQL": "3x", "SQLite": "10x"}


def run(base: Base) -> Iterator[str]:
    total = seed()
    first, again, nothing, floors, grown = [], [], [], [], []
    for number in range(ROUNDS):
        floors.append(floor())
        before = begin_to_watch()
        first.append(night(f"first-{number}"))
        grown.append(peak() - before)
        again.append(night(f"again-{number}"))
        forget_the_day()
        nothing.append(night(f"next-{number}"))
        forget()
    bottom = median(floors)
    told = f"{median(first):.2f} s, floor {bottom:.2f} s, {total}, memory grew by {grown[0]:.0f} MB"
    yield line("S7", f"carry-forward {base.vendor}", median(first) / bottom, "floor", GOALS[base.vendor], told)
    told = f"{median(again):.3f} s; {median(nothing):.2f} s the next night, when all boards are gone through"
    yield f"S7 run again {base.vendor}: {median(again) / bottom:.2f}x of floor (goal 0.2x); {told}"


def night(key: str) -> float:
    """Seconds that the job of all boards takes, every part committed."""
    from django.db import transaction

    from jobs.models import Job
    from jobs.queue import enqueue, run

    with transaction.atomic():
        job = enqueue("carry-all", f"bench:{key}", {})
    start = clock()
    run(job.pk)
    taken = clock() - start
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.last_error
    return taken


def clock() -> float:
    """Seconds: of CPU where the database works in this process, of the wall where it is another."""
    from django.db import connection

    return process_time() if connection.vendor == "sqlite" else monotonic()


def floor() -> float:
    """Seconds of one statement that places, and one that writes a line for each; undone again."""
    from django.db import connection, transaction
    from django.utils import timezone

    plain = plain_values()
    place = PLACE.format(others=", ".join(plain), places=", ".join(["%s"] * len(plain)))
    with transaction.atomic(), connection.cursor() as cursor:
        start = clock()
        cursor.execute(place, [timezone.now(), *plain.values()])
        assert cursor.rowcount == BOARDS * OPEN_EACH, cursor.rowcount
        cursor.execute(TELL, [timezone.now()])
        taken = clock() - start
        transaction.set_rollback(True)
    gather_figures()
    return taken


def plain_values() -> dict:
    """What every report must have besides, as a new one has it, by column."""
    from django.db import connection

    from followups.models import Report

    given = {"meeting", "follow_up", "order", "source_label", "source_printed", "title", "carried_at"}
    fields = [
        one for one in Report._meta.local_concrete_fields if not (one.null or one.primary_key or one.name in given)
    ]
    return {one.column: one.get_db_prep_save(one.get_default(), connection) for one in fields}


PLACE = """
INSERT INTO followups_report (meeting_id, follow_up_id, "order", source_label, source_printed, title, carried_at, {others})
SELECT next.id, f.id, ROW_NUMBER() OVER (PARTITION BY next.id ORDER BY f.id), f.source_label, f.source_normal, f.title,
  %s, {places}
FROM followups_followup f JOIN meetings_meeting next ON next.board_id = f.board_id AND next.state = 'planned'
WHERE f.state IN ('open', 'in-progress', 'waiting', 'reported-done')
  AND NOT EXISTS (SELECT 1 FROM followups_report r WHERE r.meeting_id = next.id AND r.follow_up_id = f.id)
"""
TELL = """
INSERT INTO audit_entry (seq, at, actor_name, act, object_type, object_id, board, payload, previous_hash, hash)
SELECT 1000000 + ROW_NUMBER() OVER (ORDER BY r.id), %s, 'Boardroom', 'followups.carry', 'followups.followup',
  CAST(r.follow_up_id AS VARCHAR(64)), b.slug, '{}', '', 'floor ' || CAST(r.id AS VARCHAR(58))
FROM followups_report r JOIN meetings_meeting m ON m.id = r.meeting_id JOIN boards_board b ON b.id = m.board_id
WHERE m.state = 'planned'
"""


def seed() -> str:
    """Boards with six meetings that were held and one to come; every follow-up has been through a meeting already."""
    from boards.models import Board
    from followups.models import FollowUp
    from meetings.models import AgendaRow, Meeting
    from minutes.models import Minutes

    without_time_limit()
    boards = Board.objects.bulk_create(Board(slug=f"natt-{at}", name=f"Utvalg {at}") for at in range(BOARDS))
    meetings = Meeting.objects.bulk_create(
        (meeting(board, sequence) for board in boards for sequence in range(1, HELD + 2)), batch_size=2000
    )
    AgendaRow.objects.bulk_create((follow_up_case(one) for one in meetings), batch_size=2000)
    held = (Minutes(meeting=one, state=Minutes.State.FINAL) for one in meetings if one.sequence <= HELD)
    Minutes.objects.bulk_create(held, batch_size=2000)
    for at in range(OF_A_MEETING):
        promise(at)
    gather_figures()
    tell_of_them()
    gather_figures()
    open_ones = FollowUp.objects.filter(source_meeting__board__in=boards).open().count()
    return f"{FollowUp.objects.filter(board__in=boards).count()} follow-ups, {open_ones} due"


def meeting(board, sequence: int):
    from meetings.models import Meeting

    day = date.today() + timedelta(days=30 * (sequence - HELD) - 5)
    state = Meeting.State.HELD if sequence <= HELD else Meeting.State.PLANNED
    number = f"{sequence}/{day.year}"
    return Meeting(board=board, first_day=day, sequence=sequence, number=number, slug=f"{sequence}", state=state)


def follow_up_case(one):
    from boards.models import RowPurpose
    from meetings.models import AgendaRow

    return AgendaRow(
        meeting=one,
        order=2,
        title="Status for oppfølgingssaker",
        purpose=RowPurpose.FOLLOW_UPS,
        label=f"2-{one.number}",
    )


def promise(at: int) -> None:
    """Follow-up number `at` of every meeting that was held, with an action; the first few are open."""
    from django.db.models import Case, F, Value, When

    from boardroom.lib.set_inserts import insert_from
    from followups.models import Action, FollowUp, Status
    from meetings.models import AgendaRow

    state = Case(
        When(meeting__sequence__lte=HELD - 2, then=Value(Status.OPEN if at < OPEN_IN_FIRST_FOUR else Status.DONE)),
        default=Value(Status.OPEN if at < OPEN_IN_LAST_TWO else Status.DONE),
    )
    title = f"Legge fram en vurdering av tiltak {at} for rådet"
    held = AgendaRow.objects.filter(meeting__sequence__lte=HELD)
    values = {
        "board": F("meeting__board"),
        "source_meeting": F("meeting"),
        "source_row": F("pk"),
        "source_label": F("label"),
        "source_normal": F("label"),
        "title": Value(title),
        "state": state,
        "created_at": _now(),
    }
    insert_from(held, FollowUp, values)
    values = {"follow_up": F("pk"), "state": F("state"), "text": Value(f"Direktoratet svarer på spørsmål {at}.")}
    values |= {"responsible": _names(), "due_text": Value(DUE[at % len(DUE)])}
    if at % len(DUE) == len(DUE) - 1:
        values["due_month"] = Value(date(2099, 1, 1))
    insert_from(FollowUp.objects.filter(title=title), Action, values)


def tell_of_them() -> None:
    """Each follow-up stood in the last meeting that was held."""
    from django.db.models import F, Value

    from boardroom.lib.set_inserts import insert_from
    from followups.models import FollowUp, Report

    last = FollowUp.objects.filter(board__meetings__sequence=HELD).annotate(into=F("board__meetings"))
    values = {"meeting": F("into"), "follow_up": F("pk"), "order": F("pk") % 200, "title": F("title")}
    values |= {"resolution": Value("<p>Arbeidet er i gang, og rådet får en vurdering når den er klar.</p>")}
    insert_from(last.filter(source_meeting__sequence__lt=HELD), Report, values)


def _now():
    from django.db.models import Value
    from django.utils import timezone

    return Value(timezone.now())


def _names():
    from django.db.models import JSONField, Value

    return Value(["Direktoratet for tiltak"], output_field=JSONField())


def forget_the_day() -> None:
    """As if the night had been yesterday's."""
    from followups.models import Carrying

    Carrying.objects.update(carried_at=_now().value - timedelta(days=1))


def forget() -> None:
    """As if nothing had been carried."""
    from followups.models import Action, Carrying, Report

    Report.objects.filter(meeting__state="planned").delete()
    Carrying.objects.all().delete()
    Action.objects.filter(due_meeting__isnull=False).update(due_meeting=None)
    gather_figures()


def without_time_limit() -> None:
    """The seed and the floor are no requests, and may take longer than one."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def gather_figures() -> None:
    """What PostgreSQL's own housekeeping does in time; SQLite has none."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def begin_to_watch() -> float:
    """The memory of this process in MB; the most it has from now on is its `peak`."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def peak() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(one for one in lines if one.startswith(name)).split()[1]) / 1024
