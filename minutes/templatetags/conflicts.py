"""Who wrote the other text, and what else differs: `{% load conflicts %}{% last_saved block as saved %}`."""

from django import template

from minutes.conflicts import last_saved as revision_of
from minutes.models import Block, TextRevision

register = template.Library()


@register.simple_tag
def last_saved(block: Block) -> TextRevision | None:
    return revision_of(block)


@register.simple_tag
def other_fields(form, block: Block) -> list[str]:
    """The names of the fields besides the text that the bound form and the stored block disagree on."""
    stored = type(form)(form.data, block=block)
    return [stored.fields[name].label for name in stored.changed_data if name not in {"version", "html"}]
