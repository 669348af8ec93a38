"""When a board reminds: to whom, how often, and when nobody is disturbed."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boardroom.lib.fields import ClockField
from boardroom.lib.times import is_within

NONE = _("Empty: no such reminder.")


class ReminderForm(forms.Form):
    """The board's rule for reminders of follow-ups."""

    remind_before = forms.IntegerField(
        label=_("So many days before it is due"), required=False, min_value=1, max_value=60, help_text=NONE
    )
    remind_on_day = forms.BooleanField(label=_("On the day it is due"), required=False)
    remind_every = forms.IntegerField(
        label=_("After that, every so many days"), required=False, min_value=1, max_value=90, help_text=NONE
    )
    remind_at_most = forms.IntegerField(
        label=_("At most so many times after it was due"),
        min_value=0,
        max_value=20,
        help_text=_("Then the secretary is told instead."),
    )
    remind_at = ClockField(label=_("Clock time of the mail"))
    quiet_from = ClockField(label=_("No mail from"), required=False)
    quiet_until = ClockField(label=_("No mail until"), required=False)
    reminds_on_working_days = forms.BooleanField(
        label=_("No mail on Saturdays, Sundays and public holidays"),
        required=False,
        help_text=_("What would come then, or in the hours above, comes the next working morning."),
    )
    remind_secretary = forms.IntegerField(
        label=_("So many working days before the papers are due"),
        required=False,
        min_value=1,
        max_value=30,
        help_text=_("What is open and has no report. Empty: no such mail."),
    )

    def clean(self):
        data = super().clean()
        begins, ends = data.get("quiet_from"), data.get("quiet_until")
        if (begins is None) != (ends is None) and not {"quiet_from", "quiet_until"} & self.errors.keys():
            self.add_error("quiet_until" if ends is None else "quiet_from", gettext("Write both clock times, or none."))
        if data.get("remind_at") and is_within(data["remind_at"], begins, ends):
            self.add_error("remind_at", gettext("This is in the hours without mail. Choose another time."))
        return data


FIELDS = tuple(ReminderForm.base_fields)
