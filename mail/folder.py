"""The embedded mode's post office: every mail becomes a file of its own in a folder, as it would have been sent."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{12}")


class Backend(BaseEmailBackend):
    """Writes .eml files (RFC 5322) into EMAIL_FILE_PATH; a file is there whole or not at all."""

    def send_messages(self, email_messages) -> int:
        place = Path(settings.EMAIL_FILE_PATH)
        place.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:12]}"
            temporary = place / f".{name}"
            with temporary.open("wb") as file:
                file.write(message.message().as_bytes(linesep="\r\n"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(place / f"{name}.eml")
        return len(email_messages)
