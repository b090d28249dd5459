"""The addresses of the staff side of this process: everything below /console/ (DESIGN 2a).

The pages of residents are known here as well, so that the console can link to them; the entrance's
middleware sends no address outside /console/ this way.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as console
from wagtail.documents import urls as documents
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tsunagari.city import addresses
from tsunagari.kernel.design.views import city_css
from tsunagari.kernel.identity.api import staff_only

_console: list[URLPattern | URLResolver] = [
    path("console/city.css", city_css, name="city_css_of_console"),
    path("console/", include("tsunagari.kernel.identity.urls.staff")),
    # Files of the console are for clerks; Wagtail alone would hand them to anybody who has the address.
    path("console/documents/", include(decorate_urlpatterns(documents.urlpatterns, staff_only))),
    path("console/", include(console)),
]

_linked: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(*addresses.public_pages(), prefix_default_language=False),
]

urlpatterns = [*_console, *_linked] if settings.ZONE in addresses.STAFF_ZONES else []
