"""Coming or not: one's own answer, and what the secretariat does with the answers (P40)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from boards.models import Person
from boards.views.gate import answers_refusals
from meetings import answers as acts
from meetings import deputies
from meetings.beginning import reasons_closed
from meetings.forms.answers import AnswerForm, DeputyForm
from meetings.models import Meeting, Reply
from meetings.views.gate import find_meeting, way


@answers_refusals
def answer(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Where the letter leads: when and where, and whether one comes. Looking changes nothing."""
    found = find_meeting(request, board, meeting, "meetings.answer_call")
    asked = acts.of_person(found, getattr(request.user, "person", None))
    form = AnswerForm(request.POST or None, auto_id="answer_%s", initial=initial(asked))
    if request.method == "POST" and form.is_valid():
        person = getattr(request.user, "person", None)
        if person is None:
            raise Http404
        said = acts.answer(
            found,
            person,
            form.cleaned_data["answer"],
            note=form.cleaned_data["note"],
            at=timezone.now(),
            by=request.user,
        )
        messages.success(request, told(said))
        return redirect(reverse("my_page") if request.POST.get("back") == "my-page" else found)
    values = {"meeting": found, "way": way(found), "form": form, **own(found, asked)}
    return render(request, "meetings/answer.html", values, status=422 if form.is_bound else 200)


def initial(asked: acts.Asked | None) -> dict:
    return {"note": asked.reply.note} if asked and asked.reply else {}


def own(found: Meeting, asked: acts.Asked | None) -> dict:
    """What the component of one's own answer shows."""
    return {"asked": asked, "reasons_closed": reasons_closed(found, timezone.now()) if asked else []}


def told(said: Reply) -> str:
    if said.is_coming:
        return _("Thank you. You have answered that you are coming.")
    return _("Thank you. You have answered that you are not coming.")


def answers(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Everyone who was asked, with what they answered, for the secretariat."""
    found = find_meeting(request, board, meeting, "meetings.send_call")
    return show(request, found)


def show(request: HttpRequest, found: Meeting) -> HttpResponse:
    closed = reasons_closed(found, timezone.now())
    values = {"meeting": found, "way": way(found), "answers": acts.answers_of(found), "closed": closed}
    return render(request, "meetings/answers.html", values)


@require_POST
@answers_refusals
def answer_for(request: HttpRequest, board: str, meeting: str, asked: int) -> HttpResponse:
    """The answer of one who telephoned, marked so."""
    found, person = find(request, board, meeting, asked)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = {"note": form.cleaned_data["note"], "at": timezone.now(), "by": request.user, "on_behalf": True}
        acts.answer(found, person, form.cleaned_data["answer"], **said)
        messages.success(request, _("The answer of %(name)s is noted.") % {"name": person.name})
    else:
        messages.error(request, _("Choose whether %(name)s is coming.") % {"name": person.name})
    return back(found)


@require_POST
@answers_refusals
def call_deputy(request: HttpRequest, board: str, meeting: str, asked: int) -> HttpResponse:
    """The deputy is called in place of the one who does not come."""
    found, absent = find(request, board, meeting, asked)
    form = DeputyForm(request.POST)
    seated = Person.objects.filter(seats__board=found.board).distinct()
    deputy = get_object_or_404(seated, pk=form.cleaned_data["deputy"] if form.is_valid() else 0)
    deputies.call(found, absent, deputy, at=timezone.now(), by=request.user)
    messages.success(request, _("%(name)s is called, and gets a letter.") % {"name": deputy.name})
    return back(found)


@require_POST
@answers_refusals
def release_deputy(request: HttpRequest, board: str, meeting: str, asked: int) -> HttpResponse:
    """The deputy is told not to come after all."""
    found, deputy = find(request, board, meeting, asked)
    made = found.deputy_calls.filter(person=deputy).select_related("person", "stands_in_for").last()
    if made is None:
        raise Http404
    made.meeting = found
    deputies.release(made, at=timezone.now(), by=request.user)
    messages.success(request, _("%(name)s is released, and gets a letter.") % {"name": deputy.name})
    return back(found)


@require_POST
@answers_refusals
def remind(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Whoever has not answered gets a reminder."""
    found = find_meeting(request, board, meeting, "meetings.send_call")
    number = acts.remind(found, at=timezone.now(), by=request.user)
    said = ngettext("A reminder goes to %(number)s person.", "A reminder goes to %(number)s persons.", number)
    messages.success(request, said % {"number": number} if number else _("Everybody has answered."))
    return back(found)


def find(request: HttpRequest, board: str, meeting: str, asked: int) -> tuple[Meeting, Person]:
    """The meeting, for who sends its calls, and one with a seat on its board."""
    found = find_meeting(request, board, meeting, "meetings.send_call")
    seats = found.board.seats.select_related("person").filter(person=asked)
    seat = seats.first()
    if seat is None:
        raise Http404
    return found, seat.person


def back(found: Meeting) -> HttpResponse:
    return redirect("meetings:answers", found.board.slug, found.slug)
