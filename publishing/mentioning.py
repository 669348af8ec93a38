"""From a published document to what it says of each follow-up: the public content's own words (docs/decisions/0012)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max

from boardroom.lib.fragments import plain_text
from cases import caseid
from publishing.freezing import FOLLOW_UPS, PUBLIC
from publishing.listed_cases import case_slug, listed_cases
from publishing.models import Document, DueKind, FollowUpMention, Publication, PublishedFollowUp
from publishing.printing.rendering import anchor
from publishing.promised import REPORT, promised

Kind = FollowUpMention.Kind


def note(publication: Publication) -> list[int]:
    """What the published minutes say of follow-ups is kept, and each has its address; the numbers of those it speaks of.

    To be called in the transaction that publishes. An address once given stays the follow-up's.
    """
    _keep_facts(publication.document)
    mentions = FollowUpMention.objects.bulk_create(mentions_of(publication))
    numbers = list(dict.fromkeys(one.register_number for one in mentions))
    _give_addresses(publication, mentions)
    return numbers


def mentions_of(publication: Publication) -> list[FollowUpMention]:
    """What the document says of follow-ups, not saved, in its order; [] for what is no minutes."""
    document = publication.document
    items = ((document.public_content or {}).get("cases") or {}).get("items", [])
    places = document.places.get(PUBLIC) or []
    if document.kind != Document.Kind.MINUTES or len(places) != len(items):
        return []
    facts = _facts(document)
    source = _Source(publication)
    found: list[FollowUpMention] = []
    for number, (item, block, place) in enumerate(_blocks(items, places)):
        told = facts.get(str(place)) if place else None
        for index, said in enumerate(told["of"] if told else []):
            make = source.report if told["kind"] == REPORT else source.promise
            found.append(make(item, block, index, said, {"block": number, "order": len(found)}))
    return found


def _facts(document: Document) -> dict[str, dict]:
    """What was frozen beside the content; of a document from before it was, what would be now."""
    if FOLLOW_UPS in document.places:
        return document.places[FOLLOW_UPS]
    return promised(document.meeting, document.places[PUBLIC])


def _keep_facts(document: Document) -> None:
    if document.kind == Document.Kind.MINUTES and document.places.get(PUBLIC) and FOLLOW_UPS not in document.places:
        document.places[FOLLOW_UPS] = _facts(document)
        document.save(update_fields=["places"])


def _blocks(items: list[dict], places: list[dict]) -> Iterator[tuple[dict, dict, int | None]]:
    """Every block as the document's page shows them, with its case and the block it was written from."""
    for item, place in zip(items, places, strict=True):
        yield from ((item, block, pk) for block, pk in zip(item.get("blocks", []), place["blocks"], strict=True))


def _give_addresses(publication: Publication, mentions: list[FollowUpMention]) -> None:
    """Each that has none is the next one of its case, or of the meeting where no case is known."""
    first = {one.register_number: one for one in reversed(mentions)}
    rows = PublishedFollowUp.objects.filter(register_number__in=first)
    known = set(rows.values_list("register_number", flat=True))
    new = sorted((one for one in first.values() if one.register_number not in known), key=lambda one: one.order)
    cases = {one.slug or publication.meeting_slug for one in new}
    same = PublishedFollowUp.objects.filter(board_slug=publication.board_slug, case__in=cases).order_by()
    last = dict(same.values("case").annotate(last=Max("number")).values_list("case", "last"))
    made = []
    for one in new:
        case = one.slug or publication.meeting_slug
        last[case] = last.get(case, 0) + 1
        address = {"board_slug": publication.board_slug, "case": case, "number": last[case]}
        made.append(PublishedFollowUp(register_number=one.register_number, publication=publication, **address))
    PublishedFollowUp.objects.bulk_create(made)


class _Source:
    """Makes the mentions of one publication."""

    def __init__(self, publication: Publication):
        self.publication = publication
        self.meeting, self.board = publication.document.meeting, publication.document.board
        content = publication.document.public_content
        self.titles = dict(listed_cases(content))
        self.same = {"meeting_name": content.get("number") or content["title"], "language": content["language"]}

    def promise(self, item: dict, block: dict, index: int, said: dict, place: dict) -> FollowUpMention:
        """The action as it is listed; in a decision or a text, the words of the block."""
        label = item["label"][0] if item["label"] else ""
        items, words = _items(block), _words(block)
        text = items[index] if index < len(items) else words
        about = {"label": label, "title": item["title"] or self.titles.get(label, ""), "text": text}
        about["slug"] = case_slug(label, self.board.scheme, self.meeting.sequence, self.meeting.first_day)
        return self._mention(Kind.PROMISE, item, said, f"{text} {words}", about | place)

    def report(self, item: dict, block: dict, index: int, said: dict, place: dict) -> FollowUpMention:
        """The source as it is printed, its open actions, and what the meeting said of them."""
        head = next((line for line in block["lines"] if line["as"] == "report"), {"number": "", "text": ""})
        number = caseid.parse(head["number"], self.board.scheme, year=self.meeting.first_day.year)
        about = {"label": number.normal if number else head["number"], "slug": number.slug if number else ""}
        about |= {"title": head["text"], "text": "\n".join(_items(block)) or head["text"], "said": _words(block)}
        return self._mention(Kind.REPORT, item, said, f"{about['text']} {about['said']}", about | place)

    def _mention(self, kind: str, item: dict, said: dict, printed: str, values: dict) -> FollowUpMention:
        """Names and words that nobody can judge are told where the printed text tells them anyhow."""
        printed, due = printed.casefold(), said["due"] or {"kind": "", "on": None, "words": ""}
        if due["kind"] == DueKind.WORDS and due["words"].casefold() not in printed:
            due = {"kind": "", "on": None, "words": ""}
        named = [name for name in said["named"] if name.casefold() in printed]
        return FollowUpMention(
            publication=self.publication,
            kind=kind,
            register_number=said["number"],
            anchor=anchor(item["label"][0])[:120] if item["label"] else "",
            responsible=[name[:300] for name in [*said["responsible"], *named]],
            due_kind=due["kind"],
            due_on=date.fromisoformat(due["on"]) if due["on"] else None,
            due_words=due["words"][:300],
            status=said["status"],
            **self.same | values | {"label": values["label"][:200], "slug": values["slug"][:120]},
        )


def _items(block: dict) -> list[str]:
    return [text for line in block["lines"] if line["as"] == "list" for text in line["items"]]


def _words(block: dict) -> str:
    return "\n".join(plain_text(line["html"]).strip() for line in block["lines"] if line["as"] == "html").strip()
