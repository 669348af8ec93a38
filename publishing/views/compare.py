"""Two versions of the minutes as one text, with what was changed between them (R96)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.roles import may
from minutes.models import Minutes
from publishing import comparing, rules
from publishing.drafts import version_for
from publishing.models import Document
from publishing.printing.facts import FULL, with_places
from publishing.views.gate import meeting_for

NOW = "now"


@require_safe
def compare(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """`from` and `to` are numbers of versions; `to=now` is the text as it stands, for who writes it."""
    found = meeting_for(request, board, meeting, "documents.read")
    versions = _versions(found, request.user)
    may_write = may(request.user, "minutes.write", found.board) and Minutes.objects.filter(meeting=found).exists()
    if len(versions) + may_write < 2:
        raise Http404
    numbers = [one.version for one in versions]
    to = _number(request.GET.get("to"), numbers, NOW if may_write else numbers[-1])
    before = [number for number in numbers if number != to]
    old = _number(request.GET.get("from"), numbers, before[-1] if before else numbers[-1])
    by_number = {one.version: one for one in versions}
    new = by_number.get(to)
    after = version_for(request.user, new) if new else comparing.Version(*with_places(found, "minutes", variant=FULL))
    cases = comparing.compared(version_for(request.user, by_number[old]), after)
    context = {"meeting": found, "board": found.board, "cases": cases, "count": comparing.changes(cases)}
    context |= {"versions": versions, "old": by_number[old], "new": new, "may_write": may_write}
    return render(request, "publishing/compare.html", context)


def _versions(meeting, user) -> list[Document]:
    documents = Document.objects.filter(meeting=meeting, kind=Document.Kind.MINUTES).order_by("version")
    state = Minutes.objects.filter(meeting=meeting).values_list("state", flat=True).first() or "none"
    found = [one for one in documents.select_related("board", "meeting") if rules.may_read(user, one, state)]
    return [one for one in found if rules.content_for(user, one) is not None]


def _number(given: str | None, numbers: list[int], otherwise):
    """The version asked for. Raises Http404 for one that is not there, or not for this reader."""
    if given in (None, ""):
        return otherwise
    if given == NOW and otherwise == NOW:
        return NOW
    if not (given.isascii() and given.isdigit() and len(given) < 6) or int(given) not in numbers:
        raise Http404
    return int(given)
