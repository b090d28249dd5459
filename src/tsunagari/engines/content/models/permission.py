"""Who may do what with a page: its division, and the office of the website for all (DESIGN 6, rights)."""

from typing import Any

from wagtail.models import PagePermissionTester

from tsunagari.engines.content.declare import Site
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import Actor
from tsunagari.kernel.service import api as rooms


def office() -> str:
    """The division that runs the city's site: that of the service with the part `Site`; "" without one."""
    runs = (
        service.division
        for service in rooms.services()
        if any(isinstance(part, Site) for part in service.parts)
    )
    return next(runs, "")


def actor_of_user(user: Any) -> Actor:
    """The clerk behind an account with her posts of today; read once for each account object."""
    if not hasattr(user, "tsunagari_pages_actor"):
        user.tsunagari_pages_actor = identity.actor_for(user)
    actor: Actor = user.tsunagari_pages_actor
    return actor


def is_of_office(actor: Actor) -> bool:
    """Whether somebody works in the office of the website."""
    return any(post.division == office() for post in actor.posts)


class PageRights(PagePermissionTester):
    """Wagtail's question "may she?", narrowed by division. Wagtail's groups open the console to every clerk;
    what she may touch there is answered here, and every screen of Wagtail asks here."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        actor = actor_of_user(user)
        self._everything = bool(user.is_active and user.is_superuser) or is_of_office(actor)
        self._own = self._everything or any(
            post.division == page.division for post in actor.posts if page.division
        )
        self._heads = self._everything or (
            bool(page.division) and actor.has_role("head", page.division)
        )

    def can_edit(self) -> bool:
        """Her division's pages; a page in approval for whoever approves it; the site's frame for the office."""
        allowed: bool = super().can_edit()
        return allowed and (self._own or self._approves())

    def may_edit_by_division(self) -> bool:
        """Whether the page is hers by her division or office, whatever is being decided about it now."""
        return bool(super().can_edit()) and self._own

    def can_publish(self) -> bool:
        """Without approval: the office of the website alone."""
        allowed: bool = super().can_publish()
        return allowed and self._everything

    def can_publish_subpage(self) -> bool:
        """As with the page itself."""
        allowed: bool = super().can_publish_subpage()
        return allowed and self._everything

    def can_unpublish(self) -> bool:
        """The head of the page's division, or the office."""
        allowed: bool = super().can_unpublish()
        return allowed and self._heads

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        """A draft that was never published: its division. A page that residents read or read once: the head."""
        allowed: bool = super().can_delete(ignore_bulk)
        return allowed and (self._own if not self._was_read() else self._heads)

    def can_move(self) -> bool:
        """The order of the site is the office's."""
        allowed: bool = super().can_move()
        return allowed and self._everything

    def can_reorder_children(self) -> bool:
        """As moving."""
        allowed: bool = super().can_reorder_children()
        return allowed and self._everything

    def can_set_view_restrictions(self) -> bool:
        """Nobody: a page of the city is for everybody or not published."""
        return False

    def can_lock(self) -> bool:
        """Who may edit may keep others from it for a while."""
        allowed: bool = super().can_lock()
        return allowed and self._own

    def can_unlock(self) -> bool:
        """Who locked it, the head, or the office."""
        allowed: bool = super().can_unlock()
        return allowed and (self._heads or self.user_has_lock())

    def _approves(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.specific.user_can_access_editor(self.page, self.user))

    def _was_read(self) -> bool:
        return self.page.first_published_at is not None
