"""What the demo roles would have got by e-mail lately, in the folder where the embedded mode keeps its mail."""

from datetime import datetime, timedelta

from django.utils import translation

from boards.models import Person
from mail import composing, daily, folder, kinds
from mail.models import Letter
from mail.writing import NotNeeded, written

DAYS = 30


def write(now: datetime) -> int:
    """The newest letters of each demo role lie in the folder, and the daily mail they would make; how many.

    The letters themselves stay as they are: nothing is sent to anybody.
    """
    if not folder.is_open():
        return 0
    return sum(_write_for(person, now) for person in Person.objects.filter(user__is_demo=True).select_related("user"))


def _write_for(person: Person, now: datetime) -> int:
    told = []
    sent = Letter.objects.filter(person=person, state=Letter.State.SENT, sent_at__gte=now - timedelta(days=DAYS))
    with translation.override(person.user.language):
        for letter in sent.select_related("person__user", "user", "board").order_by("sent_at", "pk"):
            try:
                told.append((letter, written(letter, letter.sent_at)[0]))
            except NotNeeded:
                continue
        for letter, content in told:
            composing.compose(letter, letter, content, letter.sent_at).send()
        gathered = [(letter, content) for letter, content in told if kinds.find(letter.kind).is_gathered]
        if len(gathered) > 1:
            together = Letter(key=f"{daily.KIND}:{person.pk}:demo", kind=daily.KIND, person=person)
            composing.compose(together, together, daily.together(gathered), now).send()
    return len(told)
