"""Two fragments side by side: what only one of them says is marked in it (F18)."""

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|\s+|[^\s<&]+|.", re.DOTALL)
_PIECE = re.compile(r".*?</(?:p|h4|h5|li|td|th|blockquote)>|.+", re.DOTALL)
# Beyond this many words, whole paragraphs are compared: words take time with the square of their number.
WORDS_MAX = 3000


def marked(one: str, other: str, tag: str) -> str:
    """The fragment `one` with every run of words that `other` lacks inside the element `tag` (ins or del)."""
    shape = _TOKEN if max(len(one), len(other)) < WORDS_MAX * 6 else _PIECE
    here, there = shape.findall(one), shape.findall(other)
    matcher = SequenceMatcher(a=here, b=there, autojunk=False)
    result = []
    for operation, start, end, _start, _end in matcher.get_opcodes():
        tokens = here[start:end]
        result += tokens if operation == "equal" else _wrapped(_TOKEN.findall("".join(tokens)), tag)
    return "".join(result)


def _wrapped(tokens: list[str], tag: str) -> list[str]:
    """The tokens, with every run of text between two tags inside the element; a run of spaces is left alone."""
    result: list[str] = []
    run: list[str] = []
    for token in [*tokens, "<"]:
        if not token.startswith("<"):
            run.append(token)
            continue
        text = "".join(run)
        result += [f"<{tag}>{text}</{tag}>" if text.strip() else text, token]
        run = []
    return result[:-1]
