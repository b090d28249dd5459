"""The addresses of the public side of this process (DESIGN 2a: a staff zone answers none of them)."""

from django.conf import settings

from tsunagari.city import addresses

urlpatterns = addresses.residents() if settings.ZONE in addresses.PUBLIC_ZONES else []
