"""Reports made in the database from the register: one statement for any number of boards, and no follow-up is read here.

Django writes the SELECT; what it cannot say alike on SQLite and PostgreSQL is the list of actions as printed.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from boards.models import RowPurpose
from followups.models import CLOSED, Action, FollowUp, Report
from followups.standing import SOURCE_ORDER, missing
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
    known = {"carried_at": Value(at), "is_late": Value(is_late), **_said_of(missing(meetings))}
    return _insert(missing(meetings), {**_plain(), **known})


def _said_of(_follow_ups: QuerySet[FollowUp]) -> dict:
    rows = AgendaRow.objects.filter(meeting=OuterRef("into"), purpose=RowPurpose.FOLLOW_UPS, kind=AgendaRow.Kind.CASE)
    last = Report.objects.filter(meeting=OuterRef("into")).order_by("-order").values("order")[:1]
    place = Window(RowNumber(), partition_by=F("into"), order_by=SOURCE_ORDER)
    return {
        "meeting": F("into"),
        "follow_up": F("pk"),
        "row": Subquery(rows.order_by("order", "pk").values("pk")[:1]),
        "order": Coalesce(Subquery(last), 0) + place,
        "source_label": F("source_label"),
        "source_printed": source_printed(),
        "title": F("title"),
        "actions": PrintedActions(F("pk")),
    }


def _plain() -> dict:
    """What a new report says where nothing is known. Nothing at all is NULL, which of a JSON field is not null in JSON."""
    fields = [field for field in Report._meta.local_concrete_fields if not field.primary_key]
    defaults = {field: field.get_default() for field in fields}
    kinds = {field: CharField() if default is None else field for field, default in defaults.items()}
    return {field.name: Value(default, output_field=kinds[field]) for field, default in defaults.items()}


def _insert(follow_ups: QuerySet[FollowUp], values: dict) -> list[tuple[int, int, str]]:
    quoted, fields = connection.ops.quote_name, Report._meta.local_concrete_fields
    fields = [field for field in fields if not field.primary_key]
    named = {f"new_{field.name}": values[field.name] for field in fields}
    sql, params = follow_ups.order_by().values_list(*named.values()).query.sql_with_params()
    columns = ", ".join(quoted(field.column) for field in fields)
    told = ", ".join(quoted(Report._meta.get_field(name).column) for name in ("meeting", "follow_up", "source_label"))
    into = f"INSERT INTO {quoted(Report._meta.db_table)} ({columns}) {sql}"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} ON CONFLICT DO NOTHING RETURNING {told}", params)
        return cursor.fetchall()


def follow_register(meetings: Collection[int]) -> int:
    """Titles and actions in these meetings are those of the register, where nobody wrote for the meeting. How many were not."""
    unwritten = Report.objects.unprepared().filter(meeting__in=meetings, is_worded=False, block__isnull=True)
    of_register = FollowUp.objects.filter(pk=OuterRef("follow_up"))
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
