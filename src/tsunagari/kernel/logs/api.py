"""What other rooms may use of the log: what a thread works on now, how faults are told, and the forms of a line."""

from tsunagari.kernel.logs.context import about, begin, end, facts_now, note
from tsunagari.kernel.logs.faults import error_name, place_of
from tsunagari.kernel.logs.lines import JsonLines, TextLines, page_of

__all__ = [
    "JsonLines",
    "TextLines",
    "about",
    "begin",
    "end",
    "error_name",
    "facts_now",
    "note",
    "page_of",
    "place_of",
]
