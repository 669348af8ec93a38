"""The work behind the pages: what waits, what runs, what failed and why, and running it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.roles import may
from jobs import health
from jobs.clock import database_now
from jobs.models import Job
from publishing import work
from publishing.work_filter import WorkFilter


def jobs(request: HttpRequest) -> HttpResponse:
    """All of it for administrators, with the clock and the broker; for others that of their boards."""
    if not work.may_look(request.user):
        raise PermissionDenied(_("Only secretaries and administrators see the work behind the pages."))
    return _page(request)


def run_again(request: HttpRequest, job: int) -> HttpResponse:
    found = get_object_or_404(work.visible_to(request.user), pk=job)
    board = work.Board.objects.filter(pk=found.board).first() if found.board else None
    if not may(request.user, "jobs.run_again", board):
        raise PermissionDenied(_("Your role on this board does not include this."))
    if not work.run_again([found], by=request.user):
        return _page(request, status=409)
    messages.success(request, _("The work is queued again."))
    return redirect("publishing:jobs")


def run_all_again(request: HttpRequest) -> HttpResponse:
    """Everything that failed and that the filter, sent along, leaves; nothing where the filter makes no sense."""
    if not work.may_look(request.user):
        raise PermissionDenied(_("Only secretaries and administrators see the work behind the pages."))
    found = WorkFilter(request.POST, request.user)
    failed = found.qs.filter(state=Job.State.FAILED) if found.is_valid() else Job.objects.none()
    number = work.run_again(failed[: work.AT_ONCE], by=request.user)
    said = ngettext("%(number)s piece of work is queued again.", "%(number)s pieces of work are queued again.", number)
    messages.success(request, said % {"number": number})
    return redirect("publishing:jobs")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    found = WorkFilter(request.GET or None, request.user)
    now = database_now()
    context = {"filter": found, "groups": work.overview(found.qs, request.user), "now": now}
    if request.user.is_superuser:
        context |= {"health": health.examine(now), "schedule": health.schedule_of(now)}
    return render(request, "jobs/jobs.html", context, status=status)
