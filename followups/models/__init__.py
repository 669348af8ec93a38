"""The rows of the register of follow-ups."""

from followups.models.follow_up import (
    CLOSED,
    ISSUED,
    OPEN,
    Action,
    DueChange,
    FollowUp,
    FollowUpQuerySet,
    Responsible,
    Status,
    StatusChange,
)
from followups.models.owner import OwnerReport, Reminder
from followups.models.report import Carrying, Report
from followups.models.view import SavedView

__all__ = [
    "CLOSED",
    "ISSUED",
    "OPEN",
    "Action",
    "Carrying",
    "DueChange",
    "FollowUp",
    "FollowUpQuerySet",
    "OwnerReport",
    "Reminder",
    "Report",
    "Responsible",
    "SavedView",
    "Status",
    "StatusChange",
]
