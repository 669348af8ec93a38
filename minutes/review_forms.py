"""Forms of the review: a remark, its settlement, one that came otherwise, a later deadline, a note outside (R91-R93)."""

from collections import Counter

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import DateField, LineField, TextField
from boardroom.lib.fragments import plain_text
from boardroom.lib.workdays import is_working_day, working_days_after
from boards.models import Person
from minutes.models import Block, Minutes, MinutesItem, Remark, ReviewRound
from minutes.review import REMARK_MAX

WORDS_OF_PLACE = 60


class RemarkForm(forms.Form):
    """One remark."""

    text = TextField(label=_("Your remark"), max_length=REMARK_MAX, widget=forms.Textarea(attrs={"rows": 4}))


class SettleForm(forms.Form):
    """The fate of a remark and the answer to who sent it; `version` is the one that was read."""

    status = forms.ChoiceField(label=_("Status"), choices=Remark.Status.choices)
    answer = TextField(
        label=_("Answer to the sender"), required=False, max_length=REMARK_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    together = forms.BooleanField(required=False)

    def __init__(self, *args, remark: Remark, **kwargs):
        given = {"status": remark.status or Remark.Status.RECEIVED, "answer": remark.answer}
        super().__init__(*args, initial=given, auto_id=f"id_remark_{remark.pk}_%s", **kwargs)


class WorkingDeadline(forms.Form):
    """A deadline; one on a day offices are closed is asked about once, and kept where it is meant."""

    deadline = DateField(label=_("Deadline for remarks"))
    keeps_day = forms.BooleanField(label=_("Keep this day as the deadline"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound or not self._is_closed_day():
            del self.fields["keeps_day"]

    def _is_closed_day(self) -> bool:
        try:
            day = self.fields["deadline"].clean(self.data.get(self.add_prefix("deadline")))
        except forms.ValidationError:
            return False
        return day is not None and not is_working_day(day)

    def clean(self):
        data = super().clean()
        if "keeps_day" in self.fields and not data.get("keeps_day"):
            day = data["deadline"]
            words = {
                "day": date_format(day, "WEEKDAY_FORMAT"),
                "next": date_format(working_days_after(day, 0), "WEEKDAY_FORMAT"),
            }
            said = gettext("%(day)s is no working day. The next one is %(next)s. Write it, or keep the day below.")
            self.add_error("deadline", (said % words)[:1].upper() + (said % words)[1:])
        return data


class ExtendForm(WorkingDeadline):
    """The new, later deadline of an open round."""


class ReceivedRemarkForm(forms.Form):
    """A remark that came by e-mail, telephone or letter: from whom, when, about what."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("From"), required=False, empty_label=_("Someone else")
    )
    sender = LineField(label=_("Name, where it is someone else"), required=False)
    organisation = LineField(label=_("Organisation"), required=False)
    came_by = forms.ChoiceField(label=_("How it came"), choices=Remark.Channel.choices)
    received_on = DateField(label=_("Received on"), help_text=_("The day it came to you decides whether it is late."))
    place = forms.ChoiceField(label=_("What it is about"), required=False)
    text = TextField(label=_("The remark"), max_length=REMARK_MAX, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, review_round: ReviewRound, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        asked = review_round.answers.values("person")
        seated = review_round.minutes.meeting.board.seats.filter(person__isnull=False).values("person")
        persons = Person.objects.filter(pk__in=asked) | Person.objects.filter(pk__in=seated)
        self.fields["person"].queryset = persons.distinct().order_by("name")
        self.fields["place"].choices = places_in(review_round.minutes)
        self.fields["received_on"].initial = today

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError(gettext("Write a day that has been."))
        return day

    def clean(self):
        data = super().clean()
        if not data.get("person") and not data.get("sender"):
            self.add_error("sender", gettext("Choose or write who the remark is from."))
        return data

    @property
    def values(self) -> dict:
        """What minutes.settling.register_remark takes."""
        said = {name: self.cleaned_data[name] for name in ("person", "came_by", "received_on", "text")}
        if not said["person"]:
            said |= {name: self.cleaned_data[name] for name in ("sender", "organisation")}
        kind, _sign, number = self.cleaned_data["place"].partition("-")
        if kind == "block":
            said["block"] = Block.objects.select_related("item__row").get(pk=number)
        elif kind == "item":
            said["item"] = MinutesItem.objects.select_related("row").get(pk=number)
        return said


def places_in(minutes: Minutes) -> list:
    """The places a remark can be about: the whole, and by case the case itself and each of its texts."""
    found: list = [("", gettext("The minutes as a whole"))]
    for item in minutes.items.filter(section="").select_related("row").prefetch_related("blocks"):
        title = item.title or (item.row.title if item.row else "")
        inside = [(f"item-{item.pk}", gettext("The case as a whole"))]
        wordless = Counter()
        for block in item.blocks.all():
            words = plain_text(block.html)
            short = words if len(words) <= WORDS_OF_PLACE else f"{words[:WORDS_OF_PLACE].rsplit(' ', 1)[0]} …"
            wordless[block.type] += not short  # told apart by their order
            name = f"{block.get_type_display()}: {short}" if short else block.get_type_display()
            inside.append((f"block-{block.pk}", name if short else f"{name} {wordless[block.type]}"))
        found.append((f"{item.label} {title}".strip(), inside))
    return found


class OutsideNoteForm(forms.Form):
    """A letter or note that is no remark to the minutes."""

    sender = LineField(label=_("From"))
    received_on = DateField(label=_("Received on"))
    text = TextField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 3}))
    label = LineField(label=_("Case where it is dealt with"), required=False, max_length=100)
    answer = TextField(label=_("What is done about it"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
