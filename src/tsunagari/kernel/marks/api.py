"""What other rooms may ask of marks."""

from tsunagari.kernel.marks.actions.leave_mark import leave_mark
from tsunagari.kernel.marks.declare import Left
from tsunagari.kernel.marks.queries import last

__all__ = ["Left", "last", "leave_mark"]
