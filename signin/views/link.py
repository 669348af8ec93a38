"""Coming in by a link or a code from a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import held, throttle
from signin import links, security
from signin.adapter import too_often
from signin.forms import LinkForm, TypedCodeForm
from signin.models import SignInLink
from signin.views.door import come_in, goal_of, sign_in_page

KEY = "sign_in_link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A link is asked for, at most five times a quarter of an hour for one address; the answer says nothing of accounts."""
    if request.method != "POST":
        return redirect("sign_in")
    form, address, now = LinkForm(request.POST, auto_id="link_%s"), request.META.get("REMOTE_ADDR", ""), timezone.now()
    if not form.is_valid():
        return sign_in_page(request, link_form=form, status=422)
    account = f"link:{form.cleaned_data['email'].strip()}"
    if throttle.is_blocked(account, address, now):
        return too_often(request)
    throttle.record_failure(account, address, now)
    request.session[KEY] = links.ask(form.cleaned_data["email"], goal_of(request), now).pk
    held.keep(request)
    return redirect("sign_in_link_sent")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """What to look for in the mail, and a field for its code, in the browser that asked for it."""
    number, now = request.session.get(KEY), timezone.now()
    link = SignInLink.objects.filter(pk=number).first()
    if link is None:
        return redirect("sign_in")
    form = TypedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = links.use_code(number, form.cleaned_data["code"], now)
        if user is not None:
            return come_in(request, user, "code", link.goal)
        security.log("code refused", request, account=link.asked_for)
        form.add_error("code", gettext("That is not the code of the newest mail. After five tries, ask for a new one."))
    values = {"form": form, "link": link, "left": SignInLink.TRIES - link.tries, "without_navigation": True}
    return render(request, "signin/link_sent.html", values, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Looking at it uses nothing, as mail scanners look at links; the button on it signs in, once.

    Who is signed in already is led on, also by a link that was used.
    """
    link, now = SignInLink.of_token(token), timezone.now()
    if link is not None and request.user.is_authenticated and link.user == request.user:
        return redirect(link.goal or "home")
    if link is None or not link.is_open(now):
        return gone(request)
    if request.method != "POST":
        return render(request, "signin/link.html", {"link": link, "without_navigation": True})
    user = links.use(link, now)
    return come_in(request, user, "code", link.goal) if user else gone(request)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "signin/link_gone.html", {"without_navigation": True}, status=410)
