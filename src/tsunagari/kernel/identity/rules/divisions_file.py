"""Reads a city pack's divisions.yaml and says, all at once, in which line what is wrong and what would be right."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import yaml

from tsunagari.kernel.identity.rules import Refused

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_TOP: Final = {"divisions": True, "successions": False}
_DIVISION: Final = {"code": True, "terms": True}
_TERM: Final = {
    "from": True,
    "to": False,
    "name": True,
    "kana": False,
    "en": False,
    "parent": False,
}
_SUCCESSION: Final = {"year": True, "before": True, "after": True}
"""The keys of each kind of entry, and whether it must have them."""

T = TypeVar("T")


def divisions_in(data: bytes, *, file: str) -> dict[str, Any]:
    """What `divisions.yaml` says: divisions with their terms, and successions. `file` is its name to show.

    Raises Refused with a line for each problem: file:line: what is wrong; what would be right.
    """
    reader = _Reader(file)
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        reader.refuse(line, f"byte {error.start + 1} is no UTF-8", "save the file as UTF-8 text")
        root = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        reader.refuse(
            mark.line + 1 if mark else 1,
            f"this is not YAML: {error.problem}",
            "check the indentation, colons and quotes just before this line",
        )
        root = None
    except yaml.reader.ReaderError as error:
        reader.refuse(1, f"this is not text: {error.reason}", "save the file as UTF-8 text")
        root = None
    else:
        if root is None:
            reader.refuse(1, "the file is empty", "begin with `divisions:` and a list under it")
    said = reader.top(root) if root else {}
    reader.close()
    return said


class _Reader:
    """Walks the file, gathers problems, and never stops at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[tuple[int, str]] = []

    def refuse(self, line: int, wrong: str, right: str) -> None:
        """Note a problem."""
        self.problems.append((line, f"{self.file}:{line}: {wrong}; {right}"))

    def close(self) -> None:
        """Raise Refused with every problem, in the order of lines."""
        if self.problems:
            raise Refused("\n".join(text for _, text in sorted(self.problems)))

    def top(self, node: yaml.Node) -> dict[str, Any]:
        """The whole file."""
        held = self._keys(node, _TOP, "the file")
        divisions = self._list(held.get("divisions"), "divisions", self._division)
        seen: set[str] = set()
        for line, entry in divisions:
            if entry["code"] in seen:
                self.refuse(
                    line, f"two divisions bear the code {entry['code']}", "give each its own"
                )
            seen.add(entry["code"])
        successions = held.get("successions")
        empty = successions is not None and not successions.value  # [] or nothing
        found = [] if empty else self._list(successions, "successions", self._succession)
        return {
            "divisions": [entry for _, entry in divisions],
            "successions": [entry for _, entry in found],
        }

    def _division(self, node: yaml.Node) -> dict[str, Any]:
        held = self._keys(node, _DIVISION, "a division")
        terms = self._list(held.get("terms"), "terms", self._term)
        return {"code": self._code(held.get("code")), "terms": [term for _, term in terms]}

    def _term(self, node: yaml.Node) -> dict[str, Any]:
        held = self._keys(node, _TERM, "a term")
        term: dict[str, Any] = {
            key: self._text(held[key], key) for key in ("name", "kana", "en") if key in held
        }
        term |= {key: self._year(held[key], key) for key in ("from", "to") if key in held}
        if "parent" in held:
            term["parent"] = self._code(held["parent"])
        if term.get("to") and term.get("from") and term["to"] < term["from"]:
            self.refuse(_line(node), "the term ends before it begins", "check from: and to:")
        return term

    def _succession(self, node: yaml.Node) -> dict[str, Any]:
        held = self._keys(node, _SUCCESSION, "a succession")
        said: dict[str, Any] = {
            key: [code for _, code in self._list(held.get(key), key, self._code)]
            for key in ("before", "after")
        }
        if "year" in held:
            said["year"] = self._year(held["year"], "year")
        return said

    def _keys(self, node: yaml.Node, known: Mapping[str, bool], what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.refuse(_line(node), f"{what} has no keys", f"write {', '.join(known)}")
            return {}
        held: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in held:
                self.refuse(_line(key), f"{key.value!r} stands twice", "keep one of the two")
            elif key.value not in known:
                self.refuse(
                    _line(key),
                    f"{key.value!r} is not a key of {what}",
                    f"use one of: {', '.join(known)}; a text with a comma stands in quotes",
                )
            held[key.value] = value
        for key in (key for key, needed in known.items() if needed and key not in held):
            self.refuse(_line(node), f"{what} has no {key}", f"write {key}: …")
        return held

    def _list(
        self, node: yaml.Node | None, key: str, read: Callable[[yaml.Node], T]
    ) -> list[tuple[int, T]]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.refuse(_line(node), f"{key} is empty or no list", f"write a list under {key}:")
            return []
        return [(_line(entry), read(entry)) for entry in node.value]

    def _text(self, node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value)
        self.refuse(_line(node), f"{key} holds no text", "write it in one line")
        return ""

    def _code(self, node: yaml.Node | None) -> str:
        code = node.value if isinstance(node, yaml.ScalarNode) else ""
        if node is not None and not _CODE.fullmatch(code):
            self.refuse(
                _line(node), f"{code!r} is no code", "use small letters, digits and hyphens"
            )
        return str(code)

    def _year(self, node: yaml.Node, key: str) -> int:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not _YEAR.fullmatch(value):
            self.refuse(
                _line(node),
                f"{key} is {value!r}",
                "write the year in which the fiscal year begins, for example 2024 for 令和6年度",
            )
            return 0
        return int(value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
