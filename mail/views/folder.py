"""The mails of the embedded mode, as their readers would see them. Elsewhere these addresses do not exist."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from mail import folder

# The mail's own styles work, nothing is fetched or run, and a link opens in the whole window.
AS_READ = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
TARGET = '<head>\n<base target="_top">'


def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    filed = folder.newest(only_boards=only_boards(request))
    return render(request, "mail/folder.html", {"mails": filed})


def mail(request: HttpRequest, mail: str) -> HttpResponse:
    """One mail: who, what, the HTML in a frame of its own, the plain text, and what is attached."""
    found = one(request, mail)
    named = [(number, name_of(part, number)) for number, part in enumerate(found.parts)]
    return render(request, "mail/mail.html", {"mail": found, "parts": named})


@xframe_options_sameorigin
def as_read(request: HttpRequest, mail: str) -> HttpResponse:
    """The HTML part alone, for the frame."""
    found = one(request, mail)
    response = HttpResponse(found.html.replace("<head>", TARGET, 1))
    response["Content-Security-Policy"] = AS_READ
    return response


def part(request: HttpRequest, mail: str, number: int) -> HttpResponse:
    """A calendar entry or an attached file, to keep."""
    found = one(request, mail)
    if number >= len(found.parts):
        raise Http404
    wanted = found.parts[number]
    response = HttpResponse(wanted.get_payload(decode=True), content_type="application/octet-stream")
    if wanted.get_content_type() in {"text/calendar", "application/pdf"}:
        response["Content-Type"] = wanted.get_content_type()
    response["Content-Disposition"] = f'attachment; filename="{name_of(wanted, number)}"'
    response["Content-Security-Policy"] = "sandbox"
    return response


def one(request: HttpRequest, name: str) -> folder.Filed:
    found = folder.find(name, only_boards=only_boards(request))
    if found is None:
        raise Http404
    return found


def only_boards(request: HttpRequest) -> bool:
    """Whether the reader sees boards' mails only. Raises Http404 for who may see none, and outside the embedded mode."""
    if not folder.is_open():
        raise Http404
    if settings.DEMO and request.user.is_demo:
        return True
    if request.user.is_superuser:
        return False
    raise Http404


def name_of(part, number: int) -> str:
    """A plain file name, whatever the mail says."""
    given = "".join(one for one in part.get_filename() or "" if one.isascii() and (one.isalnum() or one in "-_."))
    kept = given.lstrip(".")
    return kept or (f"{_('meeting')}.ics" if part.get_content_type() == "text/calendar" else f"fil-{number + 1}")
