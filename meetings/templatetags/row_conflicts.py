"""Who wrote the other text of a row: `{% load row_conflicts %}{% last_change row as saved %}`."""

from django import template

from audit.models import Entry
from meetings.models import AgendaRow
from meetings.row_conflicts import last_change as entry_of

register = template.Library()


@register.simple_tag
def last_change(row: AgendaRow) -> Entry | None:
    return entry_of(row)
