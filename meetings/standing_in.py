"""The meetings that are a deputy's: those the deputy was called to, or was at in somebody's place (P36)."""

from django.db.models import Q, QuerySet

from meetings.models import Attendance, DeputyCall, Meeting


def meetings_as_deputy(user) -> QuerySet[Meeting]:
    """Those the user was called to as a deputy, or was at as one."""
    called = DeputyCall.objects.filter(person__user=user, ending="").order_by().values("meeting")
    listed = Attendance.objects.filter(person__user=user, role=Attendance.Role.DEPUTY).exclude(stands_in_for="")
    return Meeting.objects.filter(Q(pk__in=called) | Q(pk__in=listed.order_by().values("meeting"))).order_by()


def called_to(user) -> set[int]:
    """The same by their keys, read once a request (P36)."""
    if "_called_to" not in user.__dict__:
        user.__dict__["_called_to"] = set(meetings_as_deputy(user).values_list("pk", flat=True))
    return user.__dict__["_called_to"]
