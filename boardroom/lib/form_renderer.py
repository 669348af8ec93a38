"""Draws every Django form with the design system's fields, so that a template only says {{ form }}."""

from django.forms.renderers import TemplatesSetting


class DesignsystemetRenderer(TemplatesSetting):
    """Each field as label, description, input and error message, from templates/forms/ and templates/django/forms/."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
