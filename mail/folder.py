"""The embedded mode's post office: every mail becomes a file of its own in a folder, as it would have been sent."""

import email
import email.policy
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import formats, timezone
from django.utils.translation import gettext as _

NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{12}")
MOMENT = re.compile(r"[0-9]{8}T[0-9]{6}Z")
ENDS = {"VEVENT", "VALARM"}


class Backend(BaseEmailBackend):
    """Writes .eml files (RFC 5322) into EMAIL_FILE_PATH; a file is there whole or not at all."""

    def send_messages(self, email_messages) -> int:
        place = Path(settings.EMAIL_FILE_PATH)
        place.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            written = message.message()
            name = f"{moment_of(written['Date']):%Y%m%dT%H%M%S}-{uuid4().hex[:12]}"
            temporary = place / f".{name}"
            with temporary.open("wb") as file:
                file.write(written.as_bytes(linesep="\r\n"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(place / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Filed:
    """One mail in the folder, as its reader would get it."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "").strip()

    @property
    def sender(self) -> str:
        return _names(self.message["From"])

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def reply_to(self) -> str:
        return str(self.message["Reply-To"] or "")

    @property
    def sent_at(self) -> datetime | None:
        return moment_of(self.message["Date"]) if self.message["Date"] else None

    @property
    def is_from_a_board(self) -> bool:
        return "List-Id" in self.message

    @property
    def is_key(self) -> bool:
        """Whether whoever holds the mail can sign in by it."""
        return "Sensitivity" in self.message

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""

    @property
    def parts(self) -> list[EmailMessage]:
        """What can be kept: calendar entries and attached files."""
        return [
            part
            for part in self.message.walk()
            if part.get_content_type() == "text/calendar" or part.get_content_disposition() == "attachment"
        ]

    @property
    def calendars(self) -> list[list[tuple[str, str]]]:
        found = (part for part in self.message.walk() if part.get_content_type() == "text/calendar")
        return [calendar_lines(part.get_payload(decode=True).decode(errors="replace")) for part in found]


def is_open() -> bool:
    """Whether this installation keeps its mail in a folder: the embedded mode, and nothing else."""
    return settings.EMAIL_BACKEND == "mail.folder.Backend"


def newest(limit: int = 200, *, only_boards: bool) -> list[Filed]:
    """The newest mails first, none that lets its holder sign in; with `only_boards` none that a board did not send."""
    place = Path(settings.EMAIL_FILE_PATH)
    names = sorted((path.stem for path in place.glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    filed = (find(name, only_boards=only_boards) for name in names[:limit])
    return [one for one in filed if one]


def find(name: str, *, only_boards: bool) -> Filed | None:
    """The mail with this name, or None: also for one that lets its holder sign in, whoever asks (A16)."""
    path = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    filed = Filed(name, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
    return filed if not filed.is_key and (filed.is_from_a_board or not only_boards) else None


def calendar_lines(text: str) -> list[tuple[str, str]]:
    """(word, value) of what a person reads in a calendar entry, unfolded and unescaped (RFC 5545, 3.1 and 3.3.11)."""
    shown = {
        "METHOD": _("Kind"), "SUMMARY": _("What"), "DTSTART": _("From"), "DTEND": _("Until"),
        "LOCATION": _("Place"), "STATUS": _("State"), "DESCRIPTION": _("Description"),
    }  # fmt: skip
    lines = [line.partition(":") for line in re.sub(r"\r?\n[ \t]", "", text).splitlines()]
    starts = next((number for number, line in enumerate(lines) if line[2] == "VEVENT"), len(lines))
    ends = next((number for number, line in enumerate(lines) if number > starts and line[2] in ENDS), len(lines))
    found = [line for line in lines if line[0] == "METHOD"] + lines[starts:ends]
    named = [(head.partition(";")[0], value) for head, _colon, value in found]
    return [(shown[name], _plain(name, value)) for name, value in named if name in shown]


def _plain(name: str, value: str) -> str:
    if name.startswith("DT") and MOMENT.fullmatch(value):
        moment = timezone.localtime(datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC))
        return formats.date_format(moment, "DATETIME_FORMAT")
    return re.sub(r"\\([,;\\nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def moment_of(date: str) -> datetime:
    """When, by a Date header, which in mail from here says UTC by `-0000` (RFC 5322, 3.3)."""
    said = parsedate_to_datetime(str(date))
    return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)


def _names(header) -> str:
    addresses = getattr(header, "addresses", ())
    return ", ".join(one.display_name or one.addr_spec for one in addresses) or str(header or "")
