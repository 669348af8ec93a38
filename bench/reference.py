"""What the product is held against: bare Django without middleware, and a plain page rendered by Django's templates."""

from functools import cache

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"x" * 64
# What a plain page of the same size is made of: rows of six values in forty words of markup.
PAGE = """<!doctype html><html lang="nb"><head><title>{{ title }}</title></head><body><main><table>{% for row in rows %}
<tr class="row-{{ row.number }}"><th scope="row" class="case-number"><a class="ds-link" href="{{ row.address }}">{{ row.label }}</a></th>
<td class="row-title"><p class="block-type">{{ row.kind }}</p><div class="rich-text">{{ row.text }}</div></td>
<td><span class="ds-tag" data-color="info">{{ row.state }}</span></td><td><details class="menu">
<summary aria-label="More"><span aria-hidden="true">⋯</span></summary>
<div class="menu-body"><ul class="links"><li>Change</li></ul></div></details></td></tr>
{% endfor %}</table></main></body></html>"""
ROW = {
    "number": 1,
    "address": "/boards/arbeid/meetings/1-2026/",
    "label": "3-41/26",
    "kind": "Beslutning",
    "text": "Rådet slutter seg til planen, med de innspillene som kom fram i møtet.",
    "state": "Utkast",
}

if not settings.configured and __name__ == "bench.reference":
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
    settings.configure(
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50, TEMPLATES=[engine], MIDDLEWARE=[]
    )
    django.setup()


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, content_type="text/plain")


@cache
def plain_page():
    """The template, and how many bytes one more row of it is."""
    from django.template import engines

    template = engines["django"].from_string(PAGE)
    one, two = (len(template.render({"rows": [ROW] * count}).encode()) for count in (1, 2))
    return template, two - one


def rendered(_request: HttpRequest, size: int) -> HttpResponse:
    """A page of about so many bytes, from values that lie ready."""
    template, row = plain_page()
    return HttpResponse(template.render({"title": "Møte", "rows": [ROW] * max(1, size // row)}))


urlpatterns = [path("", bare), path("rendered/<int:size>/", rendered)]
application = get_wsgi_application()
