"""Reads a YAML file of names and values; what cannot be read is said with its file and line."""

from pathlib import Path
from typing import Any

import yaml


class UnreadableFileError(ValueError):
    """A file that is no YAML of names and values in UTF-8; the message is one sentence with the mend."""


def mapping_in(file: Path) -> dict[str, Any]:
    """What the file says. Raises UnreadableFileError, or OSError where it cannot be opened."""
    data = file.read_bytes()
    try:
        said = yaml.safe_load(data.decode("utf-8-sig"))
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
    if not isinstance(said, dict):
        raise UnreadableFileError(
            f"{file}:1: the file must hold names and values, one `name: value` a line."
        )
    return said
