"""My page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from publishing import mine


@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Where someone who reads, takes part and answers begins: what waits, and the next meetings."""
    now = timezone.now()
    values = {"mine": mine.my_page(request.user, now), "today": timezone.localdate(now)}
    return render(request, "publishing/my_page.html", values)
