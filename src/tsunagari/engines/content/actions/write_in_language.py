"""Begin a page in another language: a draft bound to the page, with its words to be written anew."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from tsunagari.engines.content.queries.versions import newest_version
from tsunagari.kernel.i18n.texts import N_


class NoPlaceYet(ValueError):
    """What stands above the page is not there in that language; the message is a marked sentence."""


@transaction.atomic
def write_in_language(key: int, language: str, *, account: Any) -> int:
    """A draft of the page in another language, of the same division; gives its key. Asked twice, it is the same draft.

    Raises Page.DoesNotExist, NoPlaceYet, or PermissionError for a page that she may not edit.
    """
    page: Any = Page.objects.select_for_update().get(pk=key).specific
    if not page.permissions_for_user(account).may_edit_by_division():
        raise PermissionError
    locale = Locale.objects.get(language_code=language)
    found = page.get_translation_or_none(locale)
    if found is not None:
        return int(found.pk)
    if page.get_parent().get_translation_or_none(locale) is None:
        raise NoPlaceYet(
            N_("上のページが、まだこの言語で書かれていません。先に上のページを書いてください。")
        )
    copy: Any = newest_version(page).copy_for_translation(locale)
    copy.owner = account
    copy.save(update_fields=["owner"])
    return int(copy.pk)
