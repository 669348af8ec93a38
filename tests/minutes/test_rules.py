import pytest

from minutes.models import Minutes
from minutes.rules import may_read

READERS = {
    "draft": {"secretary"},
    "in-review": {"secretary", "chair", "member", "deputy", "observer"},
    "final": {"secretary", "chair", "member", "deputy", "observer"},
}


@pytest.mark.parametrize("state", READERS)
def test_each_state_has_its_readers(minutes, cast, state):
    Minutes.objects.update(state=state)
    keys = ["secretary", "chair", "member", "deputy", "observer", "outsider", "other_secretary", "administrator"]
    one = Minutes.objects.select_related("meeting__board").get()
    assert {key for key in keys if may_read(getattr(cast, key), one)} == READERS[state]
    assert {key for key in keys if Minutes.objects.visible_to(getattr(cast, key)).exists()} == READERS[state]
