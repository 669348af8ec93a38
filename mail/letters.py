"""The one letter that mail itself writes."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mail import daily
from mail.kinds import Content, kind
from mail.models import Letter


@kind(daily.KIND, label=_("The daily mail"), essential=True, anyone=True)
def daily_mail(letter: Letter, at: datetime) -> Content | None:
    """What was gathered for the person; it can be turned off kind by kind."""
    folded = daily.fold(letter, at)
    return folded.content if folded.told else None
