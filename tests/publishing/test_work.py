"""The page of the work behind the pages: what is told of it, to whom, and running it again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from jobs import handlers, queue, schedule
from jobs.models import Job

PAGE = "/jobs/"


@pytest.fixture
def administrator(cast, signed_in):
    return signed_in(cast.administrator)


def failed(board, number: int, error="KeyError: 'tittel'") -> Job:
    job = queue.enqueue("carry", f"carry:{number}", {"board": board.pk}, board=board.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, attempts=8, last_error=error)
    return job


def test_an_administrator_reads_what_runs_how_far_it_is_and_what_failed_why(board, administrator, now):
    failed(board, 1)
    job = queue.enqueue("carry", "carry:2", {"board": board.pk}, board=board.pk)
    leased = {"state": Job.State.RUNNING, "lease_until": now - timedelta(hours=1), "lease_token": "x"}
    counted = {"begun_at": now, "worker": "maskin:4711", "done_count": 350, "total_count": 1000}
    Job.objects.filter(pk=job.pk).update(**leased, **counted)

    text = administrator.get(PAGE).content.decode()

    reason = "Something unexpected went wrong."
    for said in ("350 of 1000", "maskin:4711", "Silent", reason, "KeyError: &#x27;tittel&#x27;", board.name):
        assert said in text, said
    assert 'hx-trigger="every 5s"' in text


def test_the_page_asks_anew_only_while_something_is_to_come(administrator):
    Job.objects.all().delete()

    assert "hx-trigger" not in administrator.get(PAGE).content.decode().partition('id="work"')[2].partition(">")[0]


def test_all_of_a_kind_are_run_again_and_the_trail_says_so(board, administrator):
    Job.objects.all().delete()
    jobs = [failed(board, number) for number in range(3)]

    administrator.post("/jobs/run-again/", {"kind": "nonsense"})
    assert not Entry.objects.filter(act="jobs.run_again").exists()
    assert administrator.post("/jobs/run-again/", {"kind": "carry"}).status_code == 302

    assert {Job.objects.get(pk=job.pk).state for job in jobs} == {Job.State.QUEUED}
    assert Entry.objects.filter(act="jobs.run_again", board=board.slug).count() == 3


def test_nobody_else_sees_or_runs_the_work_of_a_board(board, cast, signed_in):
    job = failed(board, 1)
    other = signed_in(cast.other_secretary)

    other.post("/jobs/run-again/", {"kind": "carry"})
    assert "Something unexpected" not in other.get(PAGE).content.decode()
    assert signed_in(cast.member).post("/jobs/run-again/").status_code == 403
    assert Job.objects.get(pk=job.pk).state == Job.State.FAILED


def test_the_filter_leaves_what_was_asked_for_and_passes_over_nonsense(board, administrator):
    Job.objects.all().delete()
    failed(board, 1, "TimeoutError: x")

    assert "did not answer in time" in administrator.get(PAGE, {"state": "failed", "kind": "carry"}).content.decode()
    assert "did not answer in time" not in administrator.get(PAGE, {"state": "done"}).content.decode()
    assert administrator.get(PAGE, {"state": "x", "board": "x"}).status_code == 200


def test_little_and_much_work_cost_the_same_queries(board, administrator, django_assert_num_queries):
    failed(board, 0)
    with CaptureQueriesContext(connection) as few:
        administrator.get(PAGE)
    for number in range(1, 12):
        failed(board, number)
    with django_assert_num_queries(len(few)):
        administrator.get(PAGE)


def test_every_kind_of_work_and_all_that_runs_by_the_clock_have_words():
    own = [kind for kind, words in handlers.labels().items() if kind == words]
    assert own == []
    assert [entry.name for entry in schedule.entries() if not entry.label] == []
