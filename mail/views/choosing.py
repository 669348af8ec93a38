"""What somebody wants by e-mail: the page for who is signed in, and the link in a mail for anybody who has it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from mail import choices, composing, daily, kinds
from mail.forms import ChoicesForm


def mine(request: HttpRequest) -> HttpResponse:
    """Board by board and kind by kind: at once, in the daily mail, or not."""
    person = getattr(request.user, "person", None)
    boards = choices.boards_of(person, timezone.now()) if person else []
    form = ChoicesForm(request.POST or None, person=person, boards=boards)
    if request.method == "POST" and form.is_valid():
        choices.choose(person, form.wanted(), by=request.user)
        messages.success(request, _("Your choices are saved."))
        return redirect("mail:mine")
    always = [one.label for one in kinds.every() if len(choices.offered(one)) == 1 and one.name != daily.KIND]
    values = {"form": form, "always": always, "address": person.email if person else ""}
    return render(request, "mail/mine.html", values, status=422 if form.is_bound else 200)


@csrf_exempt  # The mail program's own press (RFC 8058) has no cookie; the signed link is what allows it.
@never_cache
def off(request: HttpRequest, token: str) -> HttpResponse:
    """One kind of mail from one board, or a digest, is turned off for one person, without signing in; nothing else here."""
    found = choices.read(token)
    if found is None:
        raise Http404
    person, board, kind = found
    if request.method == "POST":
        boards = [board] if board else choices.boards_of(person, timezone.now())
        choices.choose(person, {(one.pk, kind.name): choices.How.NOT for one in boards}, by=None)
    with translation.override(composing.language_of(composing.Letter(person=person, board=board))):
        values = {"board": board, "kind": kind, "is_off": request.method == "POST"}
        return render(request, "mail/off.html", values)
