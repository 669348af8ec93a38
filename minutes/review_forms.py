"""Forms of the review: a remark, its settlement, and a note that stands outside the minutes (R91, R92)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import DateField, LineField, TextField
from minutes.models import Remark
from minutes.review import REMARK_MAX


class RemarkForm(forms.Form):
    """A remark to a block, a case or the whole."""

    text = TextField(label=_("Your remark"), max_length=REMARK_MAX, widget=forms.Textarea(attrs={"rows": 4}))
    block = forms.IntegerField(required=False, widget=forms.HiddenInput)
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """The fate of a remark and the answer to who sent it."""

    status = forms.ChoiceField(label=_("Status"), choices=Remark.Status.choices)
    answer = TextField(label=_("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, remark: Remark, **kwargs):
        given = {"status": remark.status or Remark.Status.RECEIVED, "answer": remark.answer}
        super().__init__(*args, initial=given, auto_id=f"id_remark_{remark.pk}_%s", **kwargs)


class OutsideNoteForm(forms.Form):
    """A letter or note that is no remark to the minutes."""

    sender = LineField(label=_("From"))
    received_on = DateField(label=_("Received on"))
    text = TextField(label=_("What it says"), widget=forms.Textarea(attrs={"rows": 3}))
    label = LineField(label=_("Case where it is dealt with"), required=False, max_length=100)
    answer = TextField(label=_("What is done about it"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
