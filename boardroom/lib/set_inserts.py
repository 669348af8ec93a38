"""Rows made from what a query finds, by one statement in the database: nothing of it is read here."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model, QuerySet, Value


def insert_from(found: QuerySet, model: type[Model], values: dict, *, telling: Sequence[str] = ()) -> list[tuple]:
    """Each thing found has its new row of `model`: fields by name as expressions on it, the others as a new object has them.

    A row that a unique constraint refuses is passed over. The fields `telling` of each row that was made.
    """
    quoted, meta = connection.ops.quote_name, model._meta
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    known = [values.get(field.name, Value(field.get_default(), output_field=field)) for field in fields]
    sql, params = found.order_by().values_list(*known).query.sql_with_params()
    columns = ", ".join(quoted(field.column) for field in fields)
    statement = f"INSERT INTO {quoted(meta.db_table)} ({columns}) {sql} ON CONFLICT DO NOTHING"
    if telling:
        statement += " RETURNING " + ", ".join(quoted(meta.get_field(name).column) for name in telling)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if telling else []
