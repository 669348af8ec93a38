"""The secretariat's side of the review: the remarks, and what becomes of each (R91-R93, R95)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from boardroom.lib.kept import kept
from mail.overview import Delivery
from minutes import remark_list, review, rounds, settling
from minutes.models import Minutes, Remark, ReviewRound
from minutes.review_forms import ExtendForm, OutsideNoteForm, ReceivedRemarkForm, SettleForm
from minutes.review_table import remarks_table
from minutes.rules import ISSUED
from minutes.views.blocks import block_context
from minutes.views.gate import block_for, minutes_for, refusals_as_409
from minutes.views.minutes import frame
from minutes.views.review import review_address, round_or_404


@require_safe
def remarks(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Every remark beside the text it is about, to be settled."""
    minutes = minutes_for(request, board, meeting, "minutes.read_remarks")
    round_or_404(minutes)
    return page(request, minutes)


@require_POST
@refusals_as_409
def settle(request: HttpRequest, board: str, meeting: str, remark: int) -> HttpResponse:
    """One press: what becomes of the remark, with an answer. 409 with both where someone else was first."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    found = get_object_or_404(review.visible_remarks(minutes, request.user), pk=remark)
    found.round.minutes = minutes
    form = SettleForm(request.POST, remark=found)
    if not form.is_valid():
        return settled_answer(request, minutes, [found], form=form, status=422)
    try:
        changed = settling.settle(found, **form.cleaned_data, at=timezone.now(), by=request.user)
    except settling.SettledMeanwhile:
        return settled_answer(request, minutes, [found], form=form, status=409, is_contested=True)
    return settled_answer(request, minutes, changed)


def settled_answer(
    request: HttpRequest,
    minutes: Minutes,
    changed: list[Remark],
    form: SettleForm | None = None,
    status: int = 200,
    **more,
) -> HttpResponse:
    """For htmx only what changed: the remarks and the counters; else the page, at the next remark that waits."""
    first = changed[0]
    if not request.htmx:
        if form:
            return page(request, minutes, said={first.pk: {"form": form} | more}, status=status)
        messages.success(request, _("The remark is settled."))
        waiting = settling.unsettled(minutes).order_by("round__number", "order").first() or first
        return redirect(f"{review_address(minutes)}remarks/#remark-{waiting.pk}")
    everything = remark_list.remarks_of(minutes, request.user)
    keys = [one.pk for one in changed]
    lines = sorted((one for one in everything if one.pk in keys), key=lambda one: keys.index(one.pk))
    context = list_context(request, minutes, everything) | {"first": lines[0], "others": lines[1:], "form": form} | more
    answer = render(request, "minutes/_settled.html", context, status=status)
    if form:
        return answer
    return trigger_client_event(kept(answer, f"settle-{first.pk}"), "settled", {"remark": first.pk}, after="settle")


@require_safe
def text_changes(request: HttpRequest, board: str, meeting: str, block: int) -> HttpResponse:
    """What was changed in one text since the draft; asked for when its form was closed."""
    found = block_for(request, board, meeting, block)
    minutes = found.item.minutes
    place = remark_list.place_of(minutes, request.user, found)
    if not request.htmx:
        return redirect(f"{review_address(minutes)}remarks/#place-{found.pk}")
    return render(request, "minutes/_changed_since.html", block_context(request, found) | {"place": place})


def add(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A remark that came by e-mail, telephone or letter, written down for who sent it."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    current.minutes = minutes
    return add_page(request, current)


@refusals_as_409
def add_page(request: HttpRequest, current: ReviewRound) -> HttpResponse:
    minutes = current.minutes
    form = ReceivedRemarkForm(request.POST or None, review_round=current, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        sent = settling.register_remark(current, **form.values, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("The remark is registered, after the deadline.") if sent.is_late else _("The remark is registered."),
        )
        return redirect(f"{review_address(minutes)}remarks/#remark-{sent.pk}")
    context = frame(request, minutes) | {"form": form, "round": current}
    return render(request, "minutes/add_remark.html", context, status=422 if form.is_bound else 200)


def outside_note(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """A letter or note that is no remark to the minutes (R92)."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    form = OutsideNoteForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        note = settling.write_outside_note(current, **form.cleaned_data, by=request.user)
        return redirect(f"{review_address(minutes)}remarks/#remark-{note.pk}")
    context = frame(request, minutes) | {"form": form}
    return render(request, "minutes/outside_note.html", context, status=422 if form.is_bound else 200)


@refusals_as_409
def extend(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The round is open longer, and those who have not answered are told."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    current.minutes = minutes
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rounds.extend(current, form.cleaned_data["deadline"], by=request.user, at=timezone.now())
        messages.success(request, _("The deadline is moved. Those who have not answered get a letter."))
        return redirect(f"{review_address(minutes)}remarks/")
    waiting = rounds.waiting(current).count()
    context = frame(request, minutes) | {"form": form, "round": current, "waiting": waiting}
    return render(request, "minutes/extend_round.html", context, status=422 if form.is_bound else 200)


@require_POST
@refusals_as_409
def remind(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """Those who have not answered are reminded, once a day at most."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    current.minutes = minutes
    count = rounds.remind(current, by=request.user, at=timezone.now())
    said = ngettext("%(count)d person gets a reminder.", "%(count)d persons get a reminder.", count) % {"count": count}
    messages.success(request, said if count else _("Everyone who has not answered got a reminder today already."))
    return redirect(f"{review_address(minutes)}remarks/#asked")


@require_POST
@refusals_as_409
def close(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """No more remarks are taken; the minutes are a draft again."""
    minutes = minutes_for(request, board, meeting, "minutes.settle_remarks")
    current = round_or_404(minutes)
    current.minutes = minutes
    review.close_round(current, by=request.user)
    return redirect(f"{review_address(minutes)}remarks/")


@require_safe
def remarks_csv(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The remarks as a table for a spreadsheet (R95)."""
    minutes = minutes_for(request, board, meeting, "minutes.read_remarks")
    round_or_404(minutes)
    response = HttpResponse(remarks_table(minutes, request.user), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="remarks-{minutes.meeting.slug}.csv"'
    return response


def page(request: HttpRequest, minutes: Minutes, said: dict | None = None, status: int = 200) -> HttpResponse:
    """The page of all remarks; `said` is what stands in the form of one of them, by its number."""
    everything = remark_list.remarks_of(minutes, request.user)
    remarks = [one for one in everything if not remark_list.is_note(one)]
    shown = remarks if said else remark_list.chosen(remarks, request.GET)
    for one in shown:
        one.said = (said or {}).get(one.pk, {})
    context = list_context(request, minutes, everything) | {
        "groups": remark_list.groups(minutes, request.user, shown),
        "notes": [one for one in everything if remark_list.is_note(one)],
        "filter": filter_of(request, remarks),
        "is_filtered": len(shown) != len(remarks),
        "answers": remark_list.offered_answers(minutes),
        "asked": asked(round_or_404(minutes)),
    }
    return render(request, "minutes/remarks.html", context, status=status)


def list_context(request: HttpRequest, minutes: Minutes, everything: list[Remark]) -> dict:
    context = frame(request, minutes)
    is_issued = minutes.state in ISSUED
    latest = minutes.review_rounds.order_by("-number").first()
    return context | {
        "state": remark_list.state_of(everything),
        "round": latest,
        "is_late": review.is_late(latest, timezone.now()),
        "is_issued": is_issued,
        "may_edit": context["may"]["write"] and minutes.is_writable,
        "may_settle": context["may"]["settle_remarks"],
    }


def filter_of(request: HttpRequest, remarks: list[Remark]) -> dict:
    """The fields of the filter with what is chosen."""
    offered = remark_list.choices_of(remarks)
    labels = {"case": _("Case"), "person": _("From"), "status": _("Status")}
    fields = [
        {"name": name, "label": label, "choices": offered[name], "value": request.GET.get(name, "")}
        for name, label in labels.items()
        if len(offered[name]) > 1
    ]
    return {"fields": fields, "show": request.GET.get("show", "")}


def asked(current: ReviewRound) -> dict:
    """Who was asked, and what became of the letters to each."""
    answers = list(current.answers.select_related("person").order_by("person__name", "pk"))
    letters = rounds.letters_of(answers)
    for one in answers:
        one.delivery = Delivery(letters[one.pk]) if one.pk in letters else None
    count = sum(one.answered_at is not None for one in answers)
    lost = sum(bool(one.delivery and one.delivery.did_not_arrive and not one.answered_at) for one in answers)
    return {"answers": answers, "answered": count, "waiting": len(answers) - count, "lost": lost}
