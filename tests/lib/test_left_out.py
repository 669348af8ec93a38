"""What the sanitiser took out is said, and what only the editor wrote is not."""

import pytest
from django import forms

from boardroom.lib.fields import RichTextField
from boardroom.lib.left_out import left_out


class Form(forms.Form):
    html = RichTextField(required=False)


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>Rådet drøftet saken.</p>", ""),
        ('<ol data-type="decimal"><li><p>Ett</p></li></ol><table><tr><td colwidth="30">x</td></tr></table>', ""),
        ('<p>Kart <img src="https://example.org/k.png"></p>', "Left out of the text: pictures."),
        (
            '<h1>Sak</h1><p style="color:red">x <a href="javascript:alert(1)">y</a></p><script>z</script>',
            "Left out of the text: embedded content, headings of a level the text does not have, "
            "links whose address cannot be kept, formatting.",
        ),
    ],
)
def test_what_is_taken_out_is_said_in_one_sentence(html, sentence):
    form = Form({"html": html})
    assert form.is_valid()
    assert left_out(form) == sentence
