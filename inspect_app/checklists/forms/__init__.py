"""The forms on which lists are written."""

from inspect_app.checklists.forms.items import ItemForm
from inspect_app.checklists.forms.lists import DeriveForm, HeadForm, NewListForm, SectionForm, StepForm

__all__ = ["DeriveForm", "HeadForm", "ItemForm", "NewListForm", "SectionForm", "StepForm"]
