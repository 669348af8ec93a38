"""Meetings: days, agenda rows, attendance, calls, calendar and annual plan."""

from meetings.models.agenda import AgendaRow, GivenNumber, Paper, Presenter
from meetings.models.answer import DeputyCall, Reply
from meetings.models.attendance import Attendance, Interval
from meetings.models.call import CalendarFeed, Call, CallRecipient, Notice
from meetings.models.meeting import CalendarEntry, Chair, Meeting, MeetingDay, PlannedTopic, RepresentationChange

__all__ = [
    "AgendaRow",
    "Attendance",
    "CalendarEntry",
    "CalendarFeed",
    "Call",
    "CallRecipient",
    "Chair",
    "DeputyCall",
    "GivenNumber",
    "Interval",
    "Meeting",
    "MeetingDay",
    "Notice",
    "Paper",
    "PlannedTopic",
    "Presenter",
    "Reply",
    "RepresentationChange",
]
