"""Choosing a file for a page: beside each PDF stands what hinders readers of it."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views import chooser


def _told(file: Any) -> str:
    return " ".join(each.told(gettext) for each in file.warnings)


class _WithWarnings(chooser.BaseDocumentChooseView):
    """Wagtail's list with one more column."""

    @property
    def columns(self) -> list[Column]:
        """As Wagtail's; then what to know of each PDF."""
        return [*super().columns, Column("warnings", label=_("読みやすさ"), accessor=_told)]


class ChooseFile(_WithWarnings, chooser.DocumentChooseView):
    """The whole window."""


class ChooseFileResults(_WithWarnings, chooser.DocumentChooseResultsView):
    """Its list alone."""


# Wagtail makes one viewset for all choosers of files and offers no setting for it.
chooser.viewset.choose_view_class = ChooseFile
chooser.viewset.choose_results_view_class = ChooseFileResults
