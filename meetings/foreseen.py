"""What the answers to the call say of the attendance list, where it is made already; `attendance.prepare` makes it so.

A row that was taken by hand stays: only one that stands as the answer before left it follows the next (P40, R47, R50).
"""

from boards.models import Person, Seat
from meetings import attendance
from meetings.models import Attendance, Meeting, Reply

Status = Attendance.Status
STATUS = {"": Status.PRESENT, Reply.Answer.COMING: Status.PRESENT, Reply.Answer.NOT_COMING: Status.APOLOGIES}


def follow(meeting: Meeting, person: Person, before: str, after: str, *, by) -> None:
    """The person's row says what the new answer means."""
    for one in meeting.attendance.filter(person=person, status=STATUS[before], intervals=None):
        one.meeting = meeting
        if one.status != STATUS[after]:
            attendance.change(one, by=by, status=STATUS[after])


def list_deputy(meeting: Meeting, deputy: Seat, absent: str, *, by) -> None:
    """The deputy stands on the list in place of the absent one, where there is a list and the deputy is not on it."""
    if not meeting.attendance.exists() or meeting.attendance.filter(person=deputy.person_id).exists():
        return
    fields = attendance.shown(deputy)
    fields.pop("organisation")  # follows from its name
    attendance.add(meeting, by=by, **fields, status=Status.PRESENT, stands_in_for=absent)


def unlist_deputy(meeting: Meeting, deputy: Person, *, by) -> None:
    """The deputy's row is gone, unless it was changed by hand."""
    rows = meeting.attendance.filter(person=deputy, role=Attendance.Role.DEPUTY, intervals=None)
    for one in rows.filter(status__in=[Status.PRESENT, Status.APOLOGIES]).exclude(stands_in_for=""):
        one.meeting = meeting
        attendance.remove(one, by=by)
