"""The city as a publisher of open data: what its pack says of it."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.plan.queries.open_data import open_data_terms
from tsunagari.engines.plan.rules.catalog import Publisher
from tsunagari.kernel.design.city_look import city_look


def publisher_at(home: str, languages: Sequence[str]) -> Publisher:
    """The city, whose site begins at `home`: an address with its host, or "/" in files that must not
    depend on the host."""
    look, terms = city_look(), open_data_terms()
    area = {}
    for language in languages:
        with translation.override(language):
            area[language] = gettext("%(prefecture)s%(city)s") % {
                "prefecture": terms.prefecture.get(language, terms.prefecture["ja"]),
                "city": look.name[language],
            }
    return Publisher(
        address=f"{home}#city",
        home=home,
        name={of: look.name[of] for of in languages},
        responsible={of: look.responsible[of] for of in languages},
        place={of: look.address[of] for of in languages},
        telephone=look.telephone,
        code=terms.code,
        area=area,
    )
