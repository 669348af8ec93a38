"""Meetings: days, agenda rows, attendance, calls, calendar and annual plan."""

from meetings.models.agenda import AgendaRow, GivenNumber, Paper, Presenter
from meetings.models.answer import DeputyCall, Reply
from meetings.models.attendance import Attendance, Interval
from meetings.models.call import Call, CallRecipient
from meetings.models.meeting import CalendarEntry, Chair, Meeting, MeetingDay, PlannedTopic, RepresentationChange

__all__ = [
    "AgendaRow",
    "Attendance",
    "CalendarEntry",
    "Call",
    "CallRecipient",
    "Chair",
    "DeputyCall",
    "GivenNumber",
    "Interval",
    "Meeting",
    "MeetingDay",
    "Paper",
    "PlannedTopic",
    "Presenter",
    "Reply",
    "RepresentationChange",
]
