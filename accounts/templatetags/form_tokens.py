"""`{% form_token %}` in a form that makes something: sent twice, it is done once. Known to every template."""

from django import template
from django.utils.html import format_html

from accounts.form_tokens import FIELD, new_token

register = template.Library()


@register.simple_tag
def form_token() -> str:
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_token())
