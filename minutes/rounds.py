"""A round of remarks while it is open: its deadline, reminders, and telling senders what came of theirs (R89-R93, P37, B22).

Every letter has a key of its own for the person and the occasion, so that each is sent once however often it is asked for.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.trail import record
from boardroom.lib.workdays import working_days_before
from boardroom.lib.workflow import TransitionRefused
from boards.models import Board, Person
from mail import post
from mail.models import Letter
from minutes.models import Answer, Minutes, Remark, ReviewRound
from minutes.settling import UNSETTLED

SOON = 2  # working days before the deadline on which those who have not answered are reminded


def send_out(review_round: ReviewRound, *, at: datetime) -> None:
    """Every recipient of the round has a letter about the draft on its way. In the transaction that opened the round."""
    board = review_round.minutes.meeting.board
    for answer in review_round.answers.select_related("person"):
        post.send("review", f"review:{answer.pk}", at=at, person=answer.person, board=board, about=answer.pk)


def waiting(review_round: ReviewRound) -> QuerySet[Answer]:
    """Those who have not answered."""
    return review_round.answers.filter(answered_at__isnull=True).select_related("person").order_by("person__name", "pk")


def extend(review_round: ReviewRound, deadline: date, *, by, at: datetime) -> None:
    """The round is open until the end of the new day, and those who have not answered are told.

    Remarks that came after the old deadline and are within the new one are no longer late. Raises TransitionRefused for
    a closed round, and for a day that is not later than both today and the old deadline.
    """
    earliest = max(timezone.localdate(at), review_round.deadline or date.min)
    if deadline < earliest or deadline == review_round.deadline:
        raise TransitionRefused([_("Choose a later day than the deadline is now.")])
    board = review_round.minutes.meeting.board
    with transaction.atomic():
        if not ReviewRound.objects.filter(pk=review_round.pk, is_open=True).update(deadline=deadline):
            raise TransitionRefused([_("The round of remarks is closed.")])
        review_round.refresh_from_db(fields=["deadline"])
        review_round.remarks.filter(is_late=True, received_on__lte=deadline).update(is_late=False)
        for answer in waiting(review_round):
            key = f"review-extended:{answer.pk}:{deadline.isoformat()}"
            post.send("review-extended", key, at=at, person=answer.person, board=board, about=answer.pk)
        record("minutes.extend_round", review_round, by=by, board=board, deadline=deadline)


def remind(review_round: ReviewRound, *, by, at: datetime) -> int:
    """Those who have not answered, and got no reminder today, get one; how many. Raises TransitionRefused when closed."""
    board = review_round.minutes.meeting.board
    with transaction.atomic():
        if not ReviewRound.objects.filter(pk=review_round.pk, is_open=True).exists():
            raise TransitionRefused([_("The round of remarks is closed.")])
        asked = list(waiting(review_round))
        reminded = _reminded_on(timezone.localdate(at), asked)
        left = [answer for answer in asked if answer.pk not in reminded]
        for answer in left:
            _remind(answer, board, f"pressed:{timezone.localdate(at).isoformat()}", at)
        record("minutes.remind", review_round, by=by, board=board, reminded=len(left))
    return len(left)


def remind_by_the_clock(at: datetime) -> None:
    """Who has not answered has one reminder two working days before the deadline and one on its day, by Norwegian time.

    Safe to repeat. A day on which nothing ran is caught up until the deadline; a round that went out inside the two days
    has the second only, and nobody has two reminders on one day.
    """
    today = timezone.localdate(at)
    near = ReviewRound.objects.filter(is_open=True, deadline__gte=today, deadline__lte=today + timedelta(days=21))
    for one in near.select_related("minutes__meeting__board"):
        occasion = occasion_on(one, today)
        if not occasion:
            continue
        asked = list(waiting(one))
        reminded = _reminded_on(today, asked)
        for answer in asked:
            if answer.pk not in reminded:
                _remind(answer, one.minutes.meeting.board, f"{one.deadline.isoformat()}:{occasion}", at)


def occasion_on(review_round: ReviewRound, today: date) -> str:
    """Which reminder of the schedule the day is for: "soon", "last", or "" for none."""
    deadline, sent = review_round.deadline, review_round.sent_on
    if deadline is None or today > deadline or today <= sent:
        return ""
    if today == deadline:
        return "last"
    soon = working_days_before(deadline, SOON)
    return "soon" if sent < soon <= today else ""


def _remind(answer: Answer, board: Board, occasion: str, at: datetime) -> None:
    key = f"review-reminder:{answer.pk}:{occasion}"
    post.send("review-reminder", key, at=at, person=answer.person, board=board, about=answer.pk)


def _reminded_on(day: date, answers: Iterable[Answer]) -> set[int]:
    letters = Letter.objects.filter(kind="review-reminder", about__in=[answer.pk for answer in answers])
    return {about for about, made in letters.values_list("about", "made_at") if timezone.localdate(made) == day}


def tell_senders(minutes: Minutes, *, at: datetime) -> int:
    """Every member whose remarks were settled, and who was not told since, has one letter on its way; how many.

    To be called in the transaction of the act that makes it so: a new round, or the final minutes.
    """
    settled = Remark.objects.filter(round__minutes=minutes, person__isnull=False, settled_at__isnull=False)
    news = settled.exclude(status__in=UNSETTLED).filter(Q(told_at__isnull=True) | Q(told_at__lt=F("settled_at")))
    persons = Person.objects.filter(pk__in=news.values("person")).order_by("pk")
    found = list(persons)
    news.update(told_at=at)
    for person in found:
        key = f"remark-settled:{minutes.pk}:{person.pk}:{at.isoformat()}"
        post.send("remark-settled", key, at=at, person=person, board=minutes.meeting.board, about=minutes.pk)
    return len(found)


def letters_of(answers: Iterable[Answer]) -> dict[int, Letter]:
    """By answer: the newest letter about its round that was not dropped."""
    kinds = ("review", "review-reminder", "review-extended")
    found = Letter.objects.filter(kind__in=kinds, about__in=[answer.pk for answer in answers]).select_related("person")
    return {one.about: one for one in found.exclude(state=Letter.State.DROPPED).order_by("made_at", "pk")}
