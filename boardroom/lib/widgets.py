"""Inputs that several forms share: the rich text editor, and the field that uses it."""

import json

from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_media
from js_asset import Media, Script

from boardroom.lib.fields import RichTextField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "Heading": {"levels": [4, 5]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
WORDS = {
    "bold": _("Bold"),
    "italic": _("Italic"),
    "superscript": _("Raised"),
    "subscript": _("Lowered"),
    "paragraph": _("Paragraph"),
    "heading4": _("Heading"),
    "heading5": _("Lower heading"),
    "bulletList": _("Bulleted list"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "table": _("Table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Remove the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Remove the row"),
    "table:mergeCells": _("Merge the cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Heading cell"),
    "table:deleteTable": _("Remove the table"),
    "orderedListProperties": _("Properties of the list"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "Cancel": _("Cancel"),
    "Update": _("Update"),
    "Edit Link": _("Link"),
    "URL": _("Address"),
    "Title": _("Title"),
    "Insert Table": _("New table"),
    "Table Properties": _("Table"),
    "Rows": _("Rows"),
    "Columns": _("Columns"),
    "Include header row": _("With a heading row"),
    "List properties": _("List"),
    "List type": _("Kind of list"),
    "Start at": _("Begin at"),
}


def editor_words() -> dict[str, str]:
    """The words of the editor's toolbar and dialogues, by its own name for them, in the reader's language."""
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
    """Scripts, styles and import map of the editor; the project's own script first, so that it misses no editor."""
    own = Media(js=[Script("js/editor.js", defer=True)], css={"all": ["css/editor.css"]})
    return own + prose_editor_media(preset="configurable")


class EditorField(RichTextField):
    """Rich text written in the editor; sanitised on the way in by `boardroom.lib.fields.RichTextField`."""

    widget = RichTextWidget
