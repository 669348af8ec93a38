"""`{% load case_links %}` and `{% linked block.html %}`: a stored fragment with its case numbers as links (R22)."""

from django import template
from django.utils.safestring import SafeString

from boardroom.lib.richtext import sanitise
from meetings.case_links import CaseLinks

register = template.Library()


@register.simple_tag(takes_context=True)
def linked(context, html: str) -> SafeString:
    """The fragment as markup, sanitised again; its case numbers lead to the cases of `board`, where the reader may go."""
    clean = sanitise(html or "", refuse_spans=False)[0]
    board, request = context.get("board"), context.get("request")
    if not board or not request:
        return SafeString(clean)
    # Read once an answer, however many texts it shows.
    links = request.__dict__.setdefault("_case_links", {}).setdefault(board.pk, CaseLinks(board, request.user))
    return SafeString(links.linked(clean))
