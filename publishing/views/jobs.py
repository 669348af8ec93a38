"""The work behind the pages: what waits, what runs, what failed and why."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobs import queue
from publishing import work


def jobs(request: HttpRequest) -> HttpResponse:
    if not work.may_look(request.user):
        raise PermissionDenied(_("Only secretaries and administrators see the work behind the pages."))
    return render(request, "publishing/jobs.html", {"overview": work.overview(request.user)})


def run_again(request: HttpRequest, job: int) -> HttpResponse:
    found = work.find(job, request.user)
    if found is None:
        raise Http404
    if not work.may_run_again(request.user, found):
        raise PermissionDenied(_("Your role on this board does not include this."))
    if not queue.retry(found.job):
        return render(request, "publishing/jobs.html", {"overview": work.overview(request.user)}, status=409)
    messages.success(request, _("The work is queued again."))
    return redirect("publishing:jobs")
