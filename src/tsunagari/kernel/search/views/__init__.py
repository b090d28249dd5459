"""What residents see of the search."""

from tsunagari.kernel.search.views.page import index
from tsunagari.kernel.search.views.suggestions import suggest

__all__ = ["index", "suggest"]
