"""The rich text editor on a page: `{% load editor %}` and, in the `scripts` block, `{% editor_media %}`."""

from django import template

from boardroom.lib.widgets import editor_media as media

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_media(context) -> str:
    """The editor's scripts and styles with this answer's nonce (strict CSP)."""
    return media().with_nonce(str(context["request"].csp_nonce))
