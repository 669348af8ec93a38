"""A meeting's documents as one reader sees them: which versions, how each PDF stands, whether it is public."""

from dataclasses import dataclass

from django.db.models import Prefetch

from jobs import words
from jobs.models import Job
from meetings.models import Meeting
from minutes.models import Minutes
from publishing import publication, rules
from publishing.freezing import FULL, pdf_key, variants
from publishing.models import Document, Publication

READY, WAITING, FAILED = "ready", "waiting", "failed"


@dataclass
class Pdf:
    """How the PDF stands for this reader: ready with its size and hash, on its way, or failed with the reason in words."""

    state: str
    size: int | None = None
    sha256: str = ""
    reason: str = ""


@dataclass
class Listed:
    """One version in the list."""

    document: Document
    pdf: Pdf
    publication: Publication | None
    may_be_published: bool
    is_newest: bool


def listed(meeting: Meeting, user) -> list[Listed]:
    """Every version the user may read, newest first by kind; the same number of queries for few versions and many."""
    state = Minutes.objects.filter(meeting=meeting).values_list("state", flat=True).first() or ""
    found = (
        Document.objects.filter(meeting=meeting).select_related("board", "issued_by").defer("content", "public_content")
    )
    published = Prefetch("publications", Publication.objects.defer("page_html"), to_attr="acts_of_publishing")
    documents = [one for one in found.prefetch_related(published) if rules.may_read(user, one, state or "none")]
    jobs = _jobs(documents)
    newest = {one.kind: one.version for one in documents if one.stage != Document.Stage.DRAFT}
    shown = [_listed(one, user, jobs, newest) for one in documents]
    order = {kind: place for place, kind in enumerate(("minutes", "review", "call", "agenda"))}
    return sorted(shown, key=lambda one: (order[one.document.kind], -one.document.version))


def state_of_pdf(document: Document, user) -> Pdf:
    """How the PDF that this user may read stands."""
    return _pdf(document, user, _jobs([document]))


def _listed(document: Document, user, jobs: dict[str, Job], newest: dict[str, int]) -> Listed:
    acts = document.acts_of_publishing
    live = next((one for one in acts if one.withdrawn_at is None), None)
    is_newest = newest.get(document.kind) == document.version
    stages = publication.PUBLISHABLE.get(document.kind, frozenset())
    possible = is_newest and live is None and document.stage in stages and bool(document.public_sha256)
    return Listed(document, _pdf(document, user, jobs), live or next(iter(acts), None), possible, is_newest)


def _pdf(document: Document, user, jobs: dict[str, Job]) -> Pdf:
    whole = rules.variant_for(user, document) == rules.WHOLE
    if sha := document.pdf_sha256 if whole else document.public_pdf_sha256:
        return Pdf(READY, document.pdf_size if whole else document.public_pdf_size, sha)
    shared = len(variants(document)) == 1
    job = jobs.get(pdf_key(document, FULL if whole or shared else "public"))
    if job is not None and job.state == Job.State.FAILED:
        return Pdf(FAILED, reason=words.in_words(job.last_error))
    return Pdf(WAITING)


def _jobs(documents: list[Document]) -> dict[str, Job]:
    keys = [pdf_key(document, variant) for document in documents for variant in variants(document)]
    return {job.key: job for job in Job.objects.filter(key__in=keys)}
