"""The round of remarks that an address is about. What members read and write stands in publishing: their draft is frozen."""

from django.http import Http404

from minutes.models import Minutes, ReviewRound


def review_address(minutes: Minutes) -> str:
    return minutes.get_absolute_url().removesuffix("minutes/") + "review/"


def round_or_404(minutes: Minutes) -> ReviewRound:
    found = minutes.review_rounds.order_by("-number").first()
    if found is None:
        raise Http404
    return found
