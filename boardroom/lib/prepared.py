"""Queries whose SQL is made once. Making it costs Django some ten times what a small database needs to answer it.

    @prepared(user=BigAutoField(), day=DateField())
    def _roles(user, day):
        return Seat.objects.active_on(day).filter(person__user=user).values_list("board", "role")

    _roles(user=7, day=today)  # a list, read anew each time

The function is called once, with a place for each value; the values come with each call. So it may not look at them, nor
at anything else that changes between calls (a language, a setting, today). No value may be None. Where a value is a list,
its field is given as [field], the function gets a list of as many places and asks with `among`, once for each length.
"""

from collections.abc import Callable, Iterable
from copy import copy
from functools import cache, cached_property, reduce, wraps
from operator import or_

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, Q, QuerySet
from django.db.models.sql import Query, UpdateQuery

LONGEST = 30  # of the lists for which SQL is kept; a longer one is made into it each time


class Slot(Expression):
    """The place of a value in a query. Where the query asks about a user, it is one who is signed in and no administrator."""

    is_authenticated = is_active = True
    is_superuser = False

    def __init__(self, name: str | tuple[str, int], field: Field):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [_Place(self.name, self.output_field)]


class _Place:
    """What stands among the parameters until there is a value."""

    def __init__(self, name: str | tuple[str, int], field: Field):
        self.name, self.field = name, field


class _Bound(Query):
    """A query that has its SQL already."""

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        return self.bound_compiler


def among(name: str, values: list) -> Q:
    """Where the field is one of the values, of which there is at least one."""
    if not isinstance(values[0], Slot):
        return Q((f"{name}__in", values))
    return reduce(or_, (Q((name, value)) for value in values))


def prepared(**slots: Field | list[Field]) -> Callable[[Callable[..., QuerySet]], Callable[..., list]]:
    """The decorated function returns a queryset; afterwards calling it with values returns the list of what it finds.

    With an empty list among the values nothing is found, and nothing asked.
    """
    lists = [name for name, field in slots.items() if isinstance(field, list)]

    def decorate(make: Callable[..., QuerySet]) -> Callable[..., list]:
        made: dict[tuple, tuple] = {}

        @wraps(make)
        def found(**values) -> list:
            if values.keys() != slots.keys():
                raise TypeError(f"{make.__name__} takes {', '.join(slots)}.")
            lengths = tuple(len(values[name]) for name in lists)
            if 0 in lengths:
                return []
            connection = connections[DEFAULT_DB_ALIAS]
            key = connection.vendor, *lengths
            known = made.get(key) or _made(make(**{name: _slot(name, slots[name], values[name]) for name in slots}))
            if max(lengths, default=0) <= LONGEST:
                made[key] = known
            queryset, compiler, sql, places = known
            try:
                params = tuple(_value(place, values, connection) for place in places)
            except OverflowError:  # no number in the database is as large
                return []
            return list(_bound(queryset, compiler, connection, sql, params))

        return found

    return decorate


def _slot(name: str, field: Field | list[Field], value):
    if isinstance(field, list) and len(value) > LONGEST:
        return value
    if isinstance(field, list):
        return [Slot((name, place), field[0]) for place in range(len(value))]
    return Slot(name, field)


def _made(queryset: QuerySet) -> tuple:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, places = compiler.as_sql()
    compiler.connection = None  # each thread has its own
    return queryset, compiler, sql, tuple(places)


def _value(place, values: dict, connection):
    if not isinstance(place, _Place):
        return place
    name, at = place.name if isinstance(place.name, tuple) else (place.name, None)
    value = values[name] if at is None else values[name][at]
    if value is None:
        raise ValueError(f"{name} cannot be nothing in a prepared query.")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise OverflowError
    return place.field.get_db_prep_value(value, connection, prepared=False)


def _bound(queryset: QuerySet, compiler, connection, sql: str, params: tuple) -> QuerySet:
    """The queryset as it was made, with its own results and these parameters."""
    own = copy(compiler)
    own.connection, own.as_sql = connection, lambda *_args, **_names: (sql, params)
    query = object.__new__(_Bound)
    query.__dict__.update(queryset.query.__dict__, bound_compiler=own)
    fresh = object.__new__(type(queryset))
    fresh.__dict__.update(queryset.__dict__, _query=query, _result_cache=None, _db=DEFAULT_DB_ALIAS)
    return fresh


def give(one, name: str, read: list | Callable[[], list]) -> None:
    """`one.<name>.all()` is what was read already, or is read so when it is first asked for.

    Any other question of it asks the database as ever.
    """
    manager = getattr(one, name)
    known = _Known(manager.model)
    known._manager, known._read, known._prefetch_done = manager, read if callable(read) else None, True
    known._result_cache = None if callable(read) else read
    one.__dict__.setdefault("_prefetched_objects_cache", {})[manager.field.remote_field.cache_name] = known


class _Known(QuerySet):
    """The things of one object. What asks further begins at the relation, as if nothing was given."""

    @cached_property
    def _relation(self) -> QuerySet:
        return self._manager._apply_rel_filters(self.model._default_manager.all())

    @property
    def query(self):
        return self._relation.query

    def _chain(self):
        return self._relation._chain()

    def _fetch_all(self):
        if self._result_cache is None:
            self._result_cache = self._read()


def prepared_update(**slots: Field) -> Callable[[Callable[..., tuple[QuerySet, dict]]], Callable[..., int]]:
    """As `prepared`: the decorated function returns a queryset and the values to write; a call says how many rows it wrote."""

    def decorate(make: Callable[..., tuple[QuerySet, dict]]) -> Callable[..., int]:
        made: dict[str, tuple] = {}

        @wraps(make)
        def written(**values) -> int:
            connection = connections[DEFAULT_DB_ALIAS]
            if connection.vendor not in made:
                queryset, changes = make(**{name: Slot(name, field) for name, field in slots.items()})
                query = queryset.order_by().query.chain(UpdateQuery)
                query.add_update_values(changes)
                made[connection.vendor] = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
            sql, places = made[connection.vendor]
            with connection.cursor() as cursor:
                cursor.execute(sql, tuple(_value(place, values, connection) for place in places))
                return cursor.rowcount

        return written

    return decorate


def insert(one: Model) -> None:
    """The new object is stored and has its key, as after `save`, without signals."""
    connection, fields = connections[DEFAULT_DB_ALIAS], one._meta.local_concrete_fields
    fields = [field for field in fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(type(one), connection.vendor), [_stored(field, one, connection) for field in fields])
        one.pk = cursor.fetchone()[0]
    one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS


def write(objects: list[Model], names: Iterable[str]) -> None:
    """The objects, of one model, have these fields stored as they are. One statement for all of them."""
    names = sorted(names)
    if not objects or not names:
        return
    model, connection = type(objects[0]), connections[DEFAULT_DB_ALIAS]
    fields = [model._meta.get_field(name) for name in names]
    values = [[*(_stored(field, one, connection) for field in fields), one.pk] for one in objects]
    with connection.cursor() as cursor:
        cursor.executemany(_update_sql(model, tuple(names), connection.vendor), values)


def _stored(field: Field, one: Model, connection):
    return field.get_db_prep_save(field.pre_save(one, one.pk is None), connection)


@cache
def _insert_sql(model: type[Model], _vendor: str) -> str:
    quoted, fields = connections[DEFAULT_DB_ALIAS].ops.quote_name, model._meta.local_concrete_fields
    columns = [quoted(field.column) for field in fields if not field.primary_key]
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}) RETURNING {key}"


@cache
def _update_sql(model: type[Model], names: tuple[str, ...], _vendor: str) -> str:
    quoted, meta = connections[DEFAULT_DB_ALIAS].ops.quote_name, model._meta
    changes = ", ".join(f"{quoted(meta.get_field(name).column)} = %s" for name in names)
    return f"UPDATE {quoted(meta.db_table)} SET {changes} WHERE {quoted(meta.pk.column)} = %s"
