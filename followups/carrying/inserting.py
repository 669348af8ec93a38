"""Reports made in the database from the register: one statement for any number of boards, and no follow-up is read here.

Django writes the SELECT; what it cannot say alike on SQLite and PostgreSQL is the list of actions as printed.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    JSONField,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from boardroom.lib.set_inserts import insert_from
from boards.models import RowPurpose
from followups.carrying.standing import SOURCE_ORDER, missing
from followups.models import CLOSED, Action, FollowUp, Report
from meetings.models import AgendaRow

# One action as the exchange format writes it: only what it has, in this order.
_SQLITE = """
'{"text": ' || json_quote(a.text)
|| CASE WHEN json_array_length(a.responsible) > 0 THEN ', "responsible": ' || a.responsible ELSE '' END
|| CASE WHEN a.due_on IS NOT NULL THEN ', "due_on": "' || a.due_on || '"' ELSE '' END
|| CASE WHEN a.due_text <> '' THEN ', "due_text": ' || json_quote(a.due_text) ELSE '' END || '}'
"""
_POSTGRESQL = """
jsonb_build_object('text', a.text)
|| CASE WHEN jsonb_array_length(a.responsible) > 0 THEN jsonb_build_object('responsible', a.responsible) ELSE '{}' END
|| CASE WHEN a.due_on IS NOT NULL THEN jsonb_build_object('due_on', a.due_on) ELSE '{}' END
|| CASE WHEN a.due_text <> '' THEN jsonb_build_object('due_text', a.due_text) ELSE '{}' END
"""
_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED))
_OPEN_ONES = f"FROM {Action._meta.db_table} a WHERE a.follow_up_id = %(expressions)s AND a.state NOT IN ({_CLOSED})"


class PrintedActions(Func):
    """The open actions of a follow-up, in order, as a report keeps them."""

    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **context):
        listed = f'SELECT {_SQLITE} AS one {_OPEN_ONES} ORDER BY a."order", a.id'
        template = f"(SELECT '[' || COALESCE(group_concat(one, ', '), '') || ']' FROM ({listed}))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        listed = f'jsonb_agg({_POSTGRESQL} ORDER BY a."order", a.id)'
        template = f"(SELECT COALESCE({listed}, '[]'::jsonb) {_OPEN_ONES})"
        return self.as_sql(compiler, connection, template=template, **context)


def source_printed(prefix: str = ""):
    """The source of a follow-up as its reports print it: in normal form, else as written."""
    normal = f"{prefix}source_normal"
    return Case(When(**{normal: ""}, then=F(f"{prefix}source_label")), default=F(normal), output_field=CharField())


def insert_missing(meetings: Collection[int], at: datetime, *, is_late: bool = False) -> list[tuple[int, int, str]]:
    """Every follow-up that is missing in one of these meetings has its report there, behind those it has already.

    What was made: meeting, follow-up and source of each. A report that another process made meanwhile stays.
    """
    if not meetings:
        return []
    rows = AgendaRow.objects.filter(meeting=OuterRef("into"), purpose=RowPurpose.FOLLOW_UPS, kind=AgendaRow.Kind.CASE)
    last = Report.objects.filter(meeting=OuterRef("into")).order_by("-order").values("order")[:1]
    place = Window(RowNumber(), partition_by=F("into"), order_by=SOURCE_ORDER)
    values = {
        "meeting": F("into"),
        "follow_up": F("pk"),
        "row": Subquery(rows.order_by("order", "pk").values("pk")[:1]),
        "order": Coalesce(Subquery(last), 0) + place,
        "source_label": F("source_label"),
        "source_printed": source_printed(),
        "title": F("title"),
        "actions": PrintedActions(F("pk")),
        "carried_at": Value(at),
        "is_late": Value(is_late),
    }
    return insert_from(missing(meetings), Report, values, telling=("meeting", "follow_up", "source_label"))


def follow_register(meetings: Collection[int]) -> int:
    """Titles and actions in these meetings are those of the register, where nobody wrote for the meeting. How many were not."""
    unwritten = Report.objects.unprepared().filter(meeting__in=meetings, is_worded=False, block__isnull=True)
    of_register = FollowUp.objects.filter(pk=OuterRef("follow_up")).order_by()
    fresh = {
        "title": Subquery(of_register.values("title")),
        "source_label": Subquery(of_register.values("source_label")),
        "source_printed": Subquery(of_register.annotate(printed=source_printed()).values("printed")),
        "actions": PrintedActions(F("follow_up")),
    }
    same = {
        "title": F("follow_up__title"),
        "source_label": F("follow_up__source_label"),
        "source_printed": source_printed("follow_up__"),
    }
    as_text = Cast("actions", TextField()), Cast(PrintedActions(F("follow_up")), TextField())
    stale = unwritten.filter(follow_up__isnull=False).annotate(kept=as_text[0], registered=as_text[1])
    return stale.exclude(**same, kept=F("registered")).update(**fresh)
