"""Finding by the beginning of words, however they were typed: case, accents and æøå make no difference."""

import re
import unicodedata
from collections.abc import Iterable

_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss", "œ": "oe", "ł": "l", "ð": "d"})
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """The text in small letters without accents: `Åse Bjørnø` is `ase bjorno`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one)).translate(_PLAIN)


def folded_words(text: str) -> list[str]:
    """The words of the text, folded."""
    return _WORD.findall(folded(text))


def begins(asked: Iterable[str], text: str) -> bool:
    """Whether every asked (folded) word begins a word of the text; nothing asked begins everything."""
    words = folded_words(text)
    return all(any(word.startswith(one) for word in words) for one in asked)


def marked(text: str, asked: Iterable[str]) -> tuple[str, str, str]:
    """The text in three parts, the middle one being what an asked (folded) word begins; ("", "", text) for none."""
    wanted = list(asked)
    for found in _WORD.finditer(text):
        for one in wanted:
            if folded(found[0]).startswith(one):
                end = next(size for size in range(1, len(found[0]) + 1) if folded(found[0][:size]).startswith(one))
                return text[: found.start()], found[0][:end], text[found.start() + end :]
    return "", "", text
