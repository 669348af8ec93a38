"""Rich text on a page: `{% load richtext %}` and `{{ block.html|fragment }}`."""

from django import template
from django.utils.safestring import SafeString

from boardroom.lib.richtext import sanitise

register = template.Library()


@register.filter
def fragment(html: str) -> SafeString:
    """The stored fragment as markup. It was sanitised when it was stored, and is again: a page trusts nothing."""
    return SafeString(sanitise(html or "", refuse_spans=False)[0])
