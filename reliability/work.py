"""The real acts that are pressed while processes die, and the oracle that counts what became of them.

Each act writes a change, a line in the trail and jobs: minutes made final (PDF, carry-forward), published, a new meeting
(carry-forward), a letter sent again (mail).
"""

import hashlib
from collections import Counter
from datetime import date, timedelta

from reliability.place import Place
from reliability.secretary import Secretary
from reliability.story import BOARD

ROOT = f"/boards/{BOARD}"
FIRST_DAY = date(2031, 1, 1)


class Work:
    """A board with so many meetings to work on, and what was done of it."""

    def __init__(self, place: Place, count: int):
        self.place, self.count = place, count
        place.told("reliability.story", str(count))
        self.letters = [row[0] for row in place.query("SELECT id FROM mail_letter ORDER BY id")]
        self.final: list[int] = []
        self.published: list[int] = []
        self.meetings: list[int] = []
        self.sent: list[int] = []

    def finalise(self, by: Secretary, number: int) -> None:
        by.act(f"{ROOT}/meetings/m{number}/finalise/", reason="Prøve.")
        self.final.append(number)

    def publish(self, by: Secretary, number: int) -> None:
        by.act(f"{ROOT}/meetings/m{number}/documents/minutes/1/publish/")
        self.published.append(number)

    def make_meeting(self, by: Secretary, number: int) -> None:
        by.act(f"{ROOT}/meetings/new/", date=self.day(number).isoformat(), number=f"{2000 + number}")
        self.meetings.append(number)

    def send(self, by: Secretary, number: int) -> None:
        by.button(f"{ROOT}/mail/{self.letters[number]}/again/")
        self.sent.append(number)

    def day(self, number: int) -> date:
        return FIRST_DAY + timedelta(days=number)

    def faults(self, kills: int = 0) -> list[str]:
        """Everything that is lost, doubled or half done, in a sentence each; empty where all is as it should be."""
        found = [*self._documents(), *self._publications(), *self._meetings(), *self._carried(), *self._mails(kills)]
        undone = self.place.query("SELECT key, state, last_error FROM jobs_job WHERE state = 'failed'")
        found += [f"job {key} is {state}: {error[:80]}" for key, state, error in undone]
        return found + self._trail()

    def _documents(self):
        rows = self.place.query(
            "SELECT m.slug, d.pdf_sha256 FROM publishing_document d JOIN meetings_meeting m ON m.id = d.meeting_id "
            "WHERE d.kind = 'minutes'"
        )
        issued = Counter(slug for slug, _sha in rows)
        yield from _compared("documents of", issued, Counter(f"m{number}" for number in self.final))
        for slug, sha in rows:
            path = self.place.folder / "documents" / sha[:2] / sha
            if not sha or not path.exists():
                yield f"no PDF of {slug}"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != sha:
                yield f"the PDF of {slug} is not what was stored"
        yield from self._lines("minutes.finalise", len(self.final))

    def _publications(self):
        rows = self.place.query(
            "SELECT m.slug FROM publishing_publication p JOIN publishing_document d ON d.id = p.document_id "
            "JOIN meetings_meeting m ON m.id = d.meeting_id"
        )
        wanted = Counter(f"m{number}" for number in self.published)
        yield from _compared("publications of", Counter(slug for (slug,) in rows), wanted)
        yield from self._lines("documents.publish", len(self.published))

    def _meetings(self):
        rows = self.place.query(f"SELECT first_day FROM meetings_meeting WHERE first_day >= '{FIRST_DAY}'")
        made = Counter(str(day) for (day,) in rows)
        yield from _compared("meetings on", made, Counter(str(self.day(number)) for number in self.meetings))
        yield from self._lines("meetings.create", len(self.meetings))

    def _carried(self):
        """Each promised follow-up stands once, in the next meeting."""
        rows = self.place.query(
            "SELECT s.slug, m.slug FROM followups_report r JOIN followups_followup f ON f.id = r.follow_up_id "
            "JOIN meetings_meeting s ON s.id = f.source_meeting_id JOIN meetings_meeting m ON m.id = r.meeting_id"
        )
        wanted = Counter((f"m{number}", "neste") for number in self.final)
        yield from _compared("follow-ups carried from", Counter(rows), wanted)

    def _mails(self, kills: int):
        """At least one copy; more only with the same Message-ID, and not more than processes were killed."""
        ids = dict(self.place.query("SELECT message_id, id FROM mail_letter WHERE message_id <> ''"))
        arrived: Counter = Counter()
        for path in (self.place.folder / "mail").glob("**/*.eml"):
            lines = path.read_bytes().decode(errors="replace").splitlines()
            arrived[
                ids.get(next((line[12:].strip() for line in lines if line.lower().startswith("message-id:")), ""))
            ] += 1
        wanted = Counter(self.letters[number] for number in self.sent)
        yield from (f"letter {letter} never arrived" for letter in wanted if not arrived[letter])
        if (copies := arrived.total() - wanted.total()) > kills:
            yield f"{copies} copies of letters for {kills} kills"

    def _lines(self, act: str, wanted: int):
        found = self.place.query(f"SELECT COUNT(*) FROM audit_entry WHERE act = '{act}' AND board = '{BOARD}'")[0][0]
        if found != wanted:
            yield f"{found} lines {act} in the trail for {wanted} acts"

    def _trail(self) -> list[str]:
        try:
            self.place.told("reliability.chain")
        except RuntimeError as fault:
            return [str(fault)[-300:]]
        return []


def _compared(what: str, found: Counter, wanted: Counter):
    for key in sorted(found.keys() | wanted.keys()):
        if found[key] != wanted[key]:
            yield f"{found[key]} {what} {key} where {wanted[key]} should be"
