"""The catalogues of bokmål and nynorsk hold every text of the screens, whole, and can be compiled."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import (
    block_re,
    constant_re,
    endblock_re,
    inline_re,
    plural_re,
)

ROOT = Path(__file__).parent.parent
LANGUAGES = ["nb", "nn"]
APPS = [
    "accounts", "audit", "boardroom", "boards", "cases", "followups", "jobs", "mail", "meetings", "minutes", "publishing",
    "signin",
]  # fmt: skip
ONE = {"gettext", "gettext_lazy", "gettext_noop"}
ONE_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
MANY = {"ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[\w:]*\}")
TAG = re.compile(r"{%\s*(.+?)\s*%}|{{\s*(.+?)\s*}}", re.S)
CONTEXT = re.compile(r"context\s+(?:\"([^\"]*)\"|'([^']*)')")


def catalogue(language: str):
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def forms(value: str | tuple) -> tuple:
    return value if isinstance(value, tuple) else (value,)


def said_in_python(path: Path) -> Iterator[tuple[str, str | None]]:
    """The literals given to gettext and its kin, by whatever name the module imports them."""
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    names["gettext_noop"] = "gettext_noop"
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        name = names.get(node.func.id)
        literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in ONE | MANY and literals:
            yield literals[0], None
        elif name in ONE_IN_CONTEXT and len(literals) > 1:
            yield literals[1], literals[0]


def said_in_template(path: Path) -> Iterator[tuple[str, str | None]]:
    """The texts of translate and blocktranslate, and constants marked with _( ), as Django itself reads them."""
    text, block, context = path.read_text(), None, None
    position = 0
    for tag in TAG.finditer(text):
        inner = tag.group(1) or tag.group(2)
        if tag.group(1) and block is not None:
            block += text[position : tag.start()]
            if endblock_re.match(inner) or plural_re.match(inner):
                if not block.startswith("\0"):
                    yield block, context
                block = "\0" if plural_re.match(inner) else None
        elif block is not None:
            block += text[position : tag.start()] + f"%({inner})s"
        elif tag.group(1) and (found := block_re.match(inner)):
            block, context = "", None
            if named := CONTEXT.search(found.group(0)):
                context = named.group(1) or named.group(2)
        elif tag.group(1) and (found := inline_re.match(inner)):
            named = CONTEXT.search(inner[found.end(1) :])
            yield found.group(1)[1:-1], (named.group(1) or named.group(2)) if named else None
        else:
            yield from ((constant.strip("_()\"'"), None) for constant in constant_re.findall(inner))
        position = tag.end()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_a_guess(language):
    unfinished = [message.id for message in messages(language) if message.fuzzy or not all(forms(message.string))]

    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language):
    different = [
        (said, translated)
        for message in messages(language)
        for said, translated in zip(forms(message.id), forms(message.string), strict=True)
        if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(translated))
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_can_be_compiled(language):
    compiled = io.BytesIO()

    write_mo(compiled, catalogue(language))

    assert compiled.getvalue()[:4] == b"\xde\x12\x04\x95"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_has_an_entry(language):
    known = {(forms(message.id)[0], message.context) for message in messages(language)}
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]

    missing = {
        (str(path.relative_to(ROOT)), *said) for path in paths for said in said_in_python(path) if said not in known
    }

    assert sorted(missing, key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_templates_has_an_entry(language):
    known = {(forms(message.id)[0], message.context) for message in messages(language)}
    paths = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}]

    missing = {
        (str(path.relative_to(ROOT)), *said) for path in paths for said in said_in_template(path) if said not in known
    }

    assert sorted(missing, key=str) == []


def test_both_languages_have_the_same_texts():
    bokmål, nynorsk = ({(message.id, message.context) for message in messages(language)} for language in LANGUAGES)

    assert bokmål == nynorsk
