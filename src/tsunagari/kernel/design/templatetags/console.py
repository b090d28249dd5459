"""Template tags of the staff's console."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import template
from django.template import Context
from wagtail.admin.ui.sidebar import LinkMenuItem, MenuItem, SubMenuItem

from tsunagari.kernel.design.console import menu_items

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class MenuLink:
    """One entry of the console's menu; `group` names the entry under which it stands, "" for none."""

    title: str
    address: str
    group: str
    current: bool


@register.simple_tag(takes_context=True)
def console_menu(context: Context) -> list[MenuLink]:
    """The links that Wagtail's script draws as the console's menu, for browsers that run none; () on a page
    that has drawn no menu yet."""
    request = context["request"]
    shown = sorted(menu_items(request), key=lambda item: item.order)
    return [*_links((item.render_component(request) for item in shown), request.path)]


def _links(items: Iterable[MenuItem], here: str, group: str = "") -> Iterator[MenuLink]:
    for item in items:
        if isinstance(item, SubMenuItem):
            yield from _links(item.menu_items, here, str(item.label))
        elif isinstance(item, LinkMenuItem):
            yield MenuLink(
                title=str(item.label), address=item.url, group=group, current=item.url == here
            )
