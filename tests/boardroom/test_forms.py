from django import forms


class Sample(forms.Form):
    title = forms.CharField(help_text="As it shall be printed.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "Matter"), ("b", "Information")])
    is_closed = forms.BooleanField(label="Closed", required=False)
    answer = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_every_field_is_drawn_by_the_design_system():
    drawn = str(Sample())

    assert drawn.count('class="ds-input"') == 6
    assert '<label class="ds-label" data-weight="medium" for="id_title">Title</label>' in drawn
    assert 'aria-describedby="id_title_helptext"' in drawn
    assert '<legend class="ds-label" data-weight="medium">Answer</legend>' in drawn
    assert '<input type="hidden" name="version"' in drawn


def test_an_error_stands_at_its_field_and_the_typed_text_stays():
    drawn = str(Sample({"title": "", "note": "Kept <as> typed", "kind": "c", "answer": "y", "version": "1"}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert '<div id="id_title_error"><p class="ds-validation-message" data-color="danger">' in drawn
    assert "Kept &lt;as&gt; typed</textarea>" in drawn
    assert 'id="id_kind_error"' in drawn


def test_an_error_of_the_whole_form_is_announced():
    form = Sample({})
    form.add_error(None, "The meeting ends before it starts.")

    assert 'role="alert"><p class="ds-paragraph">The meeting ends before it starts.</p>' in str(form)
