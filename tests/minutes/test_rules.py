import pytest
from django.utils import timezone

from accounts.models import User
from meetings.models import DeputyCall
from minutes.models import Minutes
from minutes.rules import may_read

READERS = {
    "draft": {"secretary"},
    "in-review": {"secretary", "chair", "member", "observer"},
    "final": {"secretary", "chair", "member", "deputy", "observer"},
}


@pytest.mark.parametrize("state", READERS)
def test_each_state_has_its_readers(minutes, cast, state):
    Minutes.objects.update(state=state)
    keys = ["secretary", "chair", "member", "deputy", "observer", "outsider", "other_secretary", "administrator"]
    one = Minutes.objects.select_related("meeting__board").get()
    assert {key for key in keys if may_read(getattr(cast, key), one)} == READERS[state]
    assert {key for key in keys if Minutes.objects.visible_to(getattr(cast, key)).exists()} == READERS[state]


def test_a_deputy_reads_the_draft_of_a_meeting_the_deputy_was_called_to(minutes, cast):
    Minutes.objects.update(state="in-review")
    one = Minutes.objects.select_related("meeting__board").get()
    persons = {"person": cast.deputy.person, "stands_in_for": cast.member.person}
    called = DeputyCall.objects.create(meeting=one.meeting, called_at=timezone.now(), **persons)
    assert may_read(User.objects.get(pk=cast.deputy.pk), one)
    assert Minutes.objects.visible_to(cast.deputy).exists()

    DeputyCall.objects.filter(pk=called.pk).update(ending="released")
    assert not may_read(User.objects.get(pk=cast.deputy.pk), one)
    assert not Minutes.objects.visible_to(cast.deputy).exists()
