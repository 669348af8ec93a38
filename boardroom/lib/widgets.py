"""Inputs that several forms share: the rich text editor, and the field that uses it."""

import json

from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget, importmap, prose_editor_presets
from js_asset import Media, Script

from boardroom.lib.fields import RichTextField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "Heading": {"levels": [4, 5]},
    "BulletList": True,
    # No kinds of numbers: the record knows only where a list begins.
    "OrderedList": {"listTypes": [], "enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    # The product has a toolbar of its own (static/js/editor-toolbar.js), and wants the language checked.
    "Menu": False,
    "NoSpellCheck": False,
}
WORDS = {
    "toolbar": _("Formatting"),
    "style": _("Kind of paragraph"),
    "paragraph": _("Body text"),
    "heading4": _("Heading"),
    "heading5": _("Lower heading"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "bulletList": _("Bulleted list"),
    "orderedList": _("Numbered list"),
    "insertTable": _("Table"),
    "tableMenu": _("Change the table"),
    "addRowBefore": _("Row above"),
    "addRowAfter": _("Row below"),
    "addColumnBefore": _("Column before"),
    "addColumnAfter": _("Column after"),
    "toggleHeaderRow": _("Heading row on or off"),
    "mergeCells": _("Merge the cells"),
    "splitCell": _("Split the cell"),
    "deleteRow": _("Remove the row"),
    "deleteColumn": _("Remove the column"),
    "deleteTable": _("Remove the table"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "address": _("Address"),
    "apply": _("Make the link"),
    "cancel": _("Cancel"),
    "badAddress": _("Write an address such as https://example.org or post@example.org."),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "more": _("More formatting"),
    "superscript": _("Raised"),
    "subscript": _("Lowered"),
    "blockquote": _("Quotation"),
    "keys": _("In a text"),
    "keys:in": _("List item one level in"),
    "keys:out": _("List item one level out"),
    "keys:link": _("Link on what is selected"),
    "keys:plain": _("Paste without formatting"),
    "keys:toolbar": _("To the buttons of the text"),
    "keys:back": _("From the buttons back to the text"),
    "left:images": _("Pictures cannot stand in the text and were left out. Add them to the case as papers."),
    "left:files": _("Files cannot stand in the text. Add them to the case as papers."),
    "left:deleted": _("Deleted and struck-out text was left out."),
    "left:comments": _("Comments in the margin were left out."),
    "left:embedded": _("Video and other embedded content was left out."),
}
SCRIPTS = ("paste", "editor-toolbar", "editor", "unresolved")


def editor_words() -> dict[str, str]:
    """The words of the editor's toolbar and messages, by the name its scripts use, in the reader's language."""
    return {name: str(word) for name, word in WORDS.items()}


class RichTextWidget(ProseEditorWidget):
    """A textarea that becomes an editor; without JavaScript the HTML itself can be edited.

    The page calls `{% editor_media %}` (templatetags/editor.py) in its `scripts` block. The words of the toolbar ride
    along as data, since the editor knows no Norwegian.
    """

    def __init__(self, attrs: dict | None = None):
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")

    @property
    def media(self):
        return editor_media()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-editor-words"] = json.dumps(editor_words(), ensure_ascii=False)
        return context


def editor_media() -> Media:
    """Scripts, styles and import map of the editor; the project's own scripts first, so that they miss no editor."""
    own = [Script(f"js/{name}.js", defer=True) for name in SCRIPTS]
    return Media(
        importmap=importmap,
        css={"all": ["django_prose_editor/editor.css", "css/editor.css"]},
        js=[*own, *prose_editor_presets()["configurable"]],
    )


class EditorField(RichTextField):
    """Rich text written in the editor; sanitised on the way in by `boardroom.lib.fields.RichTextField`."""

    widget = RichTextWidget
