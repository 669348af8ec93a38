"""Inputs that several forms share: the rich text editor, and the field that uses it."""

import json

from django.utils.translation import gettext
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


def editor_words() -> dict[str, str]:
    """The words of the editor's toolbar and dialogues, by its own name for them, in the reader's language."""
    return {
        "bold": gettext("Bold"),
        "italic": gettext("Italic"),
        "superscript": gettext("Raised"),
        "subscript": gettext("Lowered"),
        "paragraph": gettext("Paragraph"),
        "heading4": gettext("Heading"),
        "heading5": gettext("Lower heading"),
        "bulletList": gettext("Bulleted list"),
        "orderedList": gettext("Numbered list"),
        "blockquote": gettext("Quotation"),
        "link": gettext("Link"),
        "unlink": gettext("Remove the link"),
        "table": gettext("Table"),
        "table:addColumnAfter": gettext("Add a column"),
        "table:deleteColumn": gettext("Remove the column"),
        "table:addRowAfter": gettext("Add a row"),
        "table:deleteRow": gettext("Remove the row"),
        "table:mergeCells": gettext("Merge the cells"),
        "table:splitCell": gettext("Split the cell"),
        "table:toggleHeaderCell": gettext("Heading cell"),
        "table:deleteTable": gettext("Remove the table"),
        "orderedListProperties": gettext("Properties of the list"),
        "history:undo": gettext("Undo"),
        "history:redo": gettext("Redo"),
        "Cancel": gettext("Cancel"),
        "Update": gettext("Update"),
        "Edit Link": gettext("Link"),
        "URL": gettext("Address"),
        "Title": gettext("Title"),
        "Insert Table": gettext("New table"),
        "Table Properties": gettext("Table"),
        "Rows": gettext("Rows"),
        "Columns": gettext("Columns"),
        "Include header row": gettext("With a heading row"),
        "List properties": gettext("List"),
        "List type": gettext("Kind of list"),
        "Start at": gettext("Begin at"),
    }


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
