"""What the processes of test_pdf_kills are told to do, on a database of their own: `python -m tests.publishing.story`."""

from datetime import date, timedelta

import django


def freeze_an_agenda() -> None:
    """One more version of the agenda of the one meeting, of a day of its own, with a job for its PDF."""
    from django.db import transaction

    from meetings.models import Meeting
    from publishing.freezing import freeze
    from tests import factories

    meeting = Meeting.objects.first()
    if meeting is None:
        meeting = factories.make_meeting(factories.make_board(), place="Rådhuset")
        factories.make_row(meeting, item=1)
    day = date(2026, 4, 10) + timedelta(days=meeting.documents.count())
    with transaction.atomic():
        freeze(meeting, "agenda", "issued", issued_on=day)


if __name__ == "__main__":
    django.setup()
    freeze_an_agenda()
