"""Make the sizes of a page's pictures, once, so that no reader waits for them."""

from tsunagari.engines.content.models import Published
from tsunagari.engines.content.queries.finding import page_at
from tsunagari.engines.content.queries.picture_sizes import drawn, filters, pictures_in
from tsunagari.engines.content.rules.kept_names import page_name
from tsunagari.kernel.edge.api import purge


def make_sizes(*, page: str) -> int:
    """What the pictures of a published page lack, by the page's public id; how many pictures lacked something.

    A picture that cannot be opened is left as it is: the page shows its original. Not atomic: encoding takes
    seconds, and a database that waits for it would hold up everybody.
    """
    row = Published.objects.filter(public_id=page).first()
    found = page_at(row.path, row.language) if row else None
    made = 0
    for picture in pictures_in(found) if found else ():
        if drawn(picture, {}) is None:
            try:
                picture.get_renditions(*filters())
            except OSError:  # the file is gone from the store, or damaged
                continue
            made += 1
    if made:
        purge([page_name(page)])
    return made
