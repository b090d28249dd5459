"""Two clerks create a page of the same name in the same moment: each has her own, at an address of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.cast import PACK, make_clerk, signed_in

from tsunagari.engines.content.actions.prepare_site import prepare_site
from tsunagari.engines.content.models import ArticlePage, SiteHome
from tsunagari.engines.content.tests.test_editor import form
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("typed", ["", "pool"])
def test_two_pages_of_one_name_in_one_moment_have_an_address_each(typed: str) -> None:
    identity.load_divisions(PACK)
    prepare_site(clock=system_clock)
    home = SiteHome.objects.get(locale__language_code="ja")
    clerk = make_clerk("midori", "田無 みどり", "shimin")
    clients = [signed_in(clerk), signed_in(clerk)]
    together = Barrier(2)

    def create(number: int) -> int:
        posted = form("<p>8月は休みません。</p>", title="市民プール", slug=typed)
        together.wait(20)
        try:
            address = f"/console/pages/add/content/articlepage/{home.pk}/"
            return clients[number].post(address, posted).status_code
        finally:
            connection.close()

    for _round in range(3):
        with ThreadPoolExecutor(2) as people:
            answers = list(people.map(create, range(2)))
        assert set(answers) <= ({302} if not typed else {200, 302}), answers
    slugs = list(ArticlePage.objects.filter(title="市民プール").values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) >= 1
    assert typed or len(slugs) == 6
