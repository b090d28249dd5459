"""Reads YAML files; what cannot be read is said with its file and line."""

from pathlib import Path
from typing import Any, Final

import yaml


class UnreadableFileError(ValueError):
    """A file that is no YAML of names and values in UTF-8; the message is one sentence with the mend."""


_READER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The reader in C, ten times as quick, where PyYAML was built with it."""


def mapping_in(file: Path) -> dict[str, Any]:
    """What the file says. Raises UnreadableFileError, or OSError where it cannot be opened."""
    said = said_in(file)
    if not isinstance(said, dict):
        raise UnreadableFileError(
            f"{file}:1: the file must hold names and values, one `name: value` a line."
        )
    return said


def said_in(file: Path) -> Any:
    """What the file says, be it a list or names and values. Raises UnreadableFileError and OSError."""
    data = file.read_bytes()
    try:
        return yaml.load(data.decode("utf-8-sig"), Loader=_READER)  # noqa: S506 - both readers are safe ones
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise UnreadableFileError(
            f"{file}:{line}: a byte is no UTF-8; save the file as UTF-8 text."
        ) from fault
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise UnreadableFileError(
            f"{file}:{mark.line + 1 if mark else 1}: this is not YAML; check the indentation, colons and quotes just before this line."
        ) from fault
