"""Reminders by mail under killed workers and a mail server with faults (reliability.md B22, F25, 3.4).

Everybody gets the letter; a copy too many comes of a kill, has the same Message-ID, and tells nothing that is closed; who
left the board after the reminder was written gets none. Every third kill is at any time, the others at named points.
"""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from reliability.base import POSTGRES, Base
from reliability.line import Line, counted
from reliability.mail_server import Server
from reliability.place import Place

POINTS = ["before_send", "after_send_before_mark", "marked"]
RUN = ["before_done", "done_uncommitted"]  # of the job that writes the reminders
STORY = ("-m", "reliability.mail_story")
CLOSED_WORD, LEAVES = "Fjordkvitt", 20


def run(base: Base) -> Iterator[Line]:
    """The figures of B22: 500 reminders and 30 kills, or few of both."""
    count, kills = (24, 3) if base.short else (500, 30)
    chosen = base.random("mail")
    with Server() as server, _place(base, server) as place:
        _must(place, str(count), CLOSED_WORD)
        killed = _write_reminders(place, [] if base.short else RUN)
        _leave(place, count)
        killed += _send_under_kills(place, server, count, kills, chosen)
        yield from _judge(place, server, count, kills, killed)


@contextmanager
def _place(base: Base, server: Server) -> Iterator[Place]:
    mail = {"EMAIL_URL": f"smtp://{server.host}:{server.port}", "JOB_LEASE_SECONDS": "1"}
    if not base.short:
        with base.place(POSTGRES, **mail) as place:
            place.execute("DELETE FROM jobs_job")
            yield place
        return
    folder = Path(mkdtemp(dir=base.folder))
    place = Place(f"sqlite:///{folder}/boardroom.sqlite3", folder, "", **mail)
    try:
        place.must("migrate", "--verbosity=0")
        yield place
    finally:
        place.stop()


def _must(place: Place, *words: str) -> None:
    process = place.start(*words, program=STORY)
    if process.wait(timeout=600):
        raise RuntimeError((place.folder / f"process-{place.logs}.log").read_text()[-3000:])


def _leave(place: Place, count: int) -> None:
    """Some leave the board after their reminders were written, before they are sent."""
    leaving = ", ".join(f"'{address(number)}'" for number in range(0, count, LEAVES))
    persons = f"SELECT id FROM boards_person WHERE email IN ({leaving})"
    place.execute(f"UPDATE boards_seat SET ends_on = '2000-01-01' WHERE person_id IN ({persons})")


def address(number: int) -> str:
    return f"m{number}@b22.example"


def _write_reminders(place: Place, points: list[str]) -> int:
    """The night's run is killed as well, and has written each reminder once in the end; how many died."""
    killed = sum(_work(place, BOARDROOM_CRASH_AT=point) == -signal.SIGKILL for point in points)
    time.sleep(1.1 * bool(points))  # the lease of the last one killed
    while place.query("SELECT COUNT(*) FROM jobs_job WHERE kind = 'remind' AND state <> 'done'")[0][0]:
        place.execute("UPDATE jobs_job SET run_after = NULL WHERE kind = 'remind' AND state = 'queued'")
        _work(place)
    return killed


def _send_under_kills(place: Place, server: Server, count: int, kills: int, chosen: Random) -> int:
    """All has been tried until nothing waits; how many workers died on the way."""
    server.answers = {address(number): "451 4.3.0 Later" for number in range(0, count, 11)}
    killed = 0
    for number in range(kills):
        _hurry(place)
        server.breaks, server.delay = chosen.choice([0, 1, 2]), chosen.choice([0, 0, 0.02])
        if number % 3 == 2:
            killed += _killed_at_any_time(place, chosen) == -signal.SIGKILL
        else:
            point = f"{chosen.choice(POINTS)}:{chosen.randint(1, max(2, count // kills // 2))}"
            killed += _work(place, BOARDROOM_CRASH_AT=point) == -signal.SIGKILL
    server.answers, server.breaks, server.delay = {}, 0, 0
    while place.query("SELECT COUNT(*) FROM jobs_job WHERE kind = 'letter' AND state <> 'done'")[0][0]:
        time.sleep(1.1)  # the lease of the last one killed
        _hurry(place)
        _work(place)
    return killed


def _work(place: Place, **env: str) -> int:
    return place.start("runjobs", "--until-empty", **env).wait(timeout=600)


def _killed_at_any_time(place: Place, chosen: Random) -> int:
    process = place.start("runjobs", "--until-empty")
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=chosen.uniform(0.5, 4))
    process.kill()
    return process.wait()


def _hurry(place: Place) -> None:
    """What was put off is due now, with its attempts counted anew: there are more faults here than in a night."""
    place.execute("UPDATE jobs_job SET run_after = NULL, attempts = 0 WHERE kind = 'letter' AND state = 'queued'")


def _judge(place: Place, server: Server, count: int, kills: int, killed: int) -> Iterator[Line]:
    copies = server.recipients
    everybody = [address(number) for number in range(count)]
    leavers = set(everybody[::LEAVES])
    staying = [address for address in everybody if address not in leavers]
    extra = sum(copies[address] for address in staying) - len(staying)
    died = f"{killed} workers died"
    yield counted(
        "B22", f"who did not get one of {len(staying)} reminders", [a for a in staying if not copies[a]], died
    )
    yield counted("B22", "copies with another Message-ID", [a for a in staying if len(set(server.ids(a))) > 1])
    yield Line("B22", "copies too many", f"{extra}", f"at most {killed}, one a kill", extra <= killed)
    yield Line("B22", "workers killed", f"{killed}", f"{kills}", killed >= kills)
    yield counted("B22", f"mails to the {len(leavers)} who had left", [a for a in leavers if copies[a]])
    yield counted("B22", "closed words", [str(one["To"]) for one in server.taken if CLOSED_WORD in _whole(one)])
    yield counted("B22", "injected headers", [str(one["To"]) for one in server.taken if _is_injected(one)])
    doubled = place.query("SELECT action_id FROM followups_reminder GROUP BY action_id, occasion HAVING COUNT(*) > 1")
    yield counted("B22", "reminders written twice", [str(row[0]) for row in doubled])


def _whole(mail: EmailMessage) -> str:
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*map(str, mail.values()), *texts])


def _is_injected(mail: EmailMessage) -> bool:
    return mail["Bcc"] is not None or mail["Cc"] is not None or len(mail.get_all("To")) != 1
