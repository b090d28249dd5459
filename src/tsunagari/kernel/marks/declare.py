"""What a mark says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Left:
    """A mark that was left: when, and the facts that were noted with it."""

    at: datetime
    details: Mapping[str, Any]
