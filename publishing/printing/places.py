"""Which live item and block each part of a document's content was written from.

While a content is composed its cases and blocks carry the `place` of their item and block. The places are taken out
before anything is frozen or hashed, and lie beside the content: a remark on a frozen draft finds its block by them, and
two versions are laid beside each other. What is shielded in a variant has no place in it.

    [{item: pk | None, blocks: [pk | None]}]      one for each of content["cases"]["items"]
"""


def taken_out(content: dict) -> list[dict]:
    """The places of the content, which holds none of them any more."""
    items = (content.get("cases") or {}).get("items", [])
    return [
        {"item": item.pop("place", None), "blocks": [block.pop("place", None) for block in item.get("blocks", [])]}
        for item in items
    ]
