"""Form fields for text, times and dates as Norwegian boards write them.

Django's own refuse `12.00` under nb, store invisible titles and fail on NUL with PostgreSQL (reliability 0.7).
"""

import datetime
from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from boardroom.lib import dates, fragments, richtext, text, times


class _PlainText(forms.CharField):
    """Text in NFC, refused with a sentence where it cannot be stored; text that shows nothing counts as empty."""

    multiline = False
    longest = text.LINE_MAX
    default_error_messages = {"required": _("Write something here.")}

    def __init__(self, *, max_length: int | None = None, **kwargs):
        # The length is told by `text_problem`, and the browser must not cut what is pasted.
        super().__init__(**kwargs)
        self.longest = max_length or self.longest
        self.validators = [check for check in self.validators if not _is_null_check(check)]

    def to_python(self, value):
        written = text.normal(super().to_python(value) or "")
        return self.empty_value if text.is_blank(written) else written

    def validate(self, value):
        super().validate(value)
        if problem := text.text_problem(value or "", multiline=self.multiline, maximum=self.longest):
            raise forms.ValidationError(problem, code="text")


def _is_null_check(check: object) -> bool:
    return type(check).__name__ == "ProhibitNullCharactersValidator"


class LineField(_PlainText):
    """A name, title or label on one line, at most 300 characters unless `max_length` says otherwise."""


class TextField(_PlainText):
    """Text of several lines. Characters that turn the reading direction go; `turned` counts them for a notice."""

    multiline = True
    longest = text.TEXT_MAX
    widget = forms.Textarea
    turned = 0

    def to_python(self, value):
        written, self.turned = text.without_bidi(super().to_python(value) or "")
        return written or self.empty_value


class ClockField(forms.Field):
    """A clock time in any form of requirements 1.3, or an hour such as `12`; shown with the board's separator."""

    widget = forms.TextInput
    default_error_messages = {"required": _("Write a clock time such as 12.00.")}

    def __init__(self, *, separator: str = ".", **kwargs):
        super().__init__(**kwargs)
        self.separator = separator

    def prepare_value(self, value):
        return times.format_time(value, self.separator) if isinstance(value, datetime.time) else value

    def to_python(self, value):
        return _read(value, datetime.time, partial(times.parse_clock, bare_hour=True))

    def has_changed(self, initial, data):
        return _has_changed(self, initial, data)


class DateField(forms.Field):
    """A date in any form of requirements 1.3, as datetime.date; shown as `20.04.2023`.

    A date far away is not refused: `dates.date_doubt` has the question to ask.
    """

    widget = forms.TextInput
    default_error_messages = {"required": _("Write a date such as 20.04.2023.")}

    def prepare_value(self, value):
        return f"{value:%d.%m.%Y}" if isinstance(value, datetime.date) else value

    def to_python(self, value):
        if isinstance(value, datetime.datetime):
            return value.date()
        return _read(value, datetime.date, dates.parse_date)

    def has_changed(self, initial, data):
        return _has_changed(self, initial, data)


class RichTextField(forms.CharField):
    """A sanitised HTML fragment, NFC; text without any tag becomes paragraphs, pasted Word lists become lists.

    After cleaning, `removed` names what was taken out, for a notice.
    """

    widget = forms.Textarea
    default_error_messages = {"required": _("Write something here.")}

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)
        self.validators = [check for check in self.validators if not _is_null_check(check)]
        self.removed: list[str] = []

    def to_python(self, value):
        written = text.normal(super().to_python(value) or "")
        if "<" not in written:
            written = fragments.paragraphs(written)
        try:
            clean, self.removed = richtext.sanitise(written)
            clean = richtext.from_word(clean)
        except richtext.RichTextRefused as refusal:
            raise forms.ValidationError(str(refusal), code="text") from None
        return self.empty_value if richtext.is_empty(clean) else clean


def _read(value, kind, parse):
    if value is None or isinstance(value, kind):
        return value
    if text.is_blank(str(value)):
        return None
    try:
        return parse(str(value))
    except ValueError as refusal:
        raise forms.ValidationError(str(refusal), code="invalid") from None


def _has_changed(field: forms.Field, initial, data) -> bool:
    """The same time or date in another form is no change; an unreadable one is."""
    try:
        return field.to_python(initial) != field.to_python(data)
    except forms.ValidationError:
        return True
