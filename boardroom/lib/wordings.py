"""Sentences of documents, each in bokmål, nynorsk and English: in the document's language, not in the screen's (P33)."""

_PLACES = {"nb": 0, "nn": 1, "en": 2}


def say(texts: tuple[str, str, str], language: str, **values: object) -> str:
    """The text in the language, bokmål where it is none of the three, with the values in their places."""
    return texts[_PLACES.get(language, 0)].format(**values)
