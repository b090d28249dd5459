"""Takes a YAML file apart with its line numbers: what each key must hold, and what to say where it does not."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

import yaml

from tsunagari.engines.plan.rules.pack import EMPTY, PackRefused, Problem, Text

NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_FIGURE: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)?")
_YEAR: Final = re.compile(r"[0-9]{4}")

LARGEST: Final = 2_000_000
"""Bytes of the largest file of a pack; both real plans together have about 80,000."""

LIKELY: Final = range(1950, 2101)
"""Fiscal years that can be meant at all."""

T = TypeVar("T")


def decoded(data: bytes, *, file: str) -> str:
    """The text of a file of a pack; PackRefused where it is too large or no UTF-8. `file` is its name to show."""
    if len(data) > LARGEST:
        wrong = f"the file has {len(data):,} bytes"
        right = f"a file of a pack has at most {LARGEST:,}; take out what is no part of the plan"
        raise PackRefused([Problem(file=file, line=1, wrong=wrong, right=right)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wrong = f"byte {error.start + 1} is no UTF-8"
        right = "save the file as UTF-8 text"
        raise PackRefused([Problem(file=file, line=line, wrong=wrong, right=right)]) from error


class Mapping:
    """A YAML mapping whose keys are taken one by one; what is left over is unknown."""

    def __init__(self, node: yaml.MappingNode) -> None:
        self.node = node
        self.line = node.start_mark.line + 1
        self.left: dict[str, yaml.Node] = {}
        self.twice: list[tuple[str, int]] = []
        self.cut: set[str] = set()
        for key, value in node.value:
            if node.flow_style and isinstance(value, yaml.ScalarNode) and value.value == "":
                self.cut.add(key.value)
            if key.value in self.left:
                self.twice.append((key.value, key.start_mark.line + 1))
            self.left[key.value] = value


class PackReader:
    """Walks the nodes of one file, gathers problems, and never stops at the first."""

    def __init__(self, *, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.years = range(1990, 2100)

    def root(self, text: str, *, begin: str) -> Mapping | None:
        """The file's mapping; None when it is no mapping at all. `begin` says how such a file begins."""
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            self._refuse(
                mark.line + 1 if mark else 1,
                f"this is not YAML: {error.problem}",
                "check the indentation, colons and quotes just before this line",
            )
            return None
        except yaml.reader.ReaderError as error:
            self._refuse(1, f"this is not text: {error.reason}", "save the file as UTF-8 text")
            return None
        except RecursionError:
            self._refuse(
                1, "brackets stand inside each other too deep", "write the file as the others are"
            )
            return None
        if not isinstance(root, yaml.MappingNode):
            self._refuse(1, "the file holds nothing that is known", begin)
            return None
        return Mapping(root)

    def close(self) -> None:
        """Raise PackRefused with every problem found, in the order of lines."""
        if self.problems:
            raise PackRefused(sorted(self.problems, key=lambda problem: problem.line))

    def _each(
        self, outer: Mapping, key: str, read: Callable[[Mapping], T], *, needed: bool = True
    ) -> tuple[T, ...]:
        node = outer.left.pop(key, None)
        if node is None and not needed:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            line = line_of(node) if node else outer.line
            self._refuse(line, f"{key} is missing or empty", f"write {key}: and a list under it")
            return ()
        found: list[T] = []
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                found.append(read(Mapping(item)))
            else:
                self._refuse(
                    line_of(item), f"an entry of {key} is no mapping", "write `- key: value`"
                )
        return tuple(found)

    def _map(self, outer: Mapping, key: str) -> Mapping | None:
        node = outer.left.pop(key, None)
        if isinstance(node, yaml.MappingNode):
            return Mapping(node)
        line = line_of(node) if node else outer.line
        self._refuse(
            line, f"{key} is missing or no mapping", f"write {key}: with its keys under it"
        )
        return None

    def _text(self, outer: Mapping, key: str, *, default: Text | None = None) -> Text:
        node = outer.left.pop(key, None)
        if node is None:
            if default is None:
                self._refuse(outer.line, f"{key} is missing", f"write {key}: {{ ja: …, en: … }}")
            return default or EMPTY
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return Text(ja=node.value)
        if isinstance(node, yaml.MappingNode):
            words = {k.value: v.value for k, v in node.value if isinstance(v, yaml.ScalarNode)}
            self._languages(node, key, words)
            if words.get("ja", "").strip():
                others = tuple((k, v) for k, v in words.items() if k != "ja")
                return Text(ja=words["ja"], others=others)
        self._refuse(
            line_of(node), f"{key} has no Japanese text", f"write {key}: {{ ja: …, en: … }}"
        )
        return EMPTY

    def _languages(self, node: yaml.MappingNode, key: str, words: dict[str, str]) -> None:
        """Refuse what is no language: a comma without quotes cuts a text in two."""
        said = [key.value for key, _ in node.value]
        for word in sorted({word for word in said if said.count(word) > 1}):
            self._refuse(
                line_of(node), f"{word!r} stands twice in {key}", "keep one of the two texts"
            )
        for word in (word for word in words if not _LANGUAGE.fullmatch(word)):
            self._refuse(
                line_of(node),
                f"{word!r} in {key} is no language; a comma cut the text",
                f'write the text in quotes: {key}: {{ ja: "…", en: "…" }}',
            )

    def _codes(
        self, outer: Mapping, key: str, known: Collection[str], *, right: str
    ) -> tuple[str, ...]:
        """A list of codes that must exist and stand once; () where the key is missing."""
        node = outer.left.pop(key, None)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._refuse(line_of(node), f"{key} is empty or no list", f"write {key}: [code, …]")
            return ()
        codes: list[str] = []
        for item in node.value:
            if item.value in codes:
                self._refuse(
                    line_of(item), f"{item.value!r} is named twice in {key}", "name it once"
                )
            elif item.value not in known:
                self._refuse(
                    line_of(item),
                    f"{item.value!r} in {key} is not known",
                    f"{right} or use one of: {', '.join(sorted(known))}",
                )
            codes.append(str(item.value))
        return tuple(codes)

    def _words(self, outer: Mapping, key: str) -> str:
        """A text in one language, as it stands in the source; "" where the key is missing."""
        node = outer.left.get(key)
        words = self._plain(outer, key).strip()
        if node is not None and not words:
            self._refuse(
                line_of(node), f"{key} holds no text", "write it in one line, or leave it out"
            )
        return words

    def _plain(self, outer: Mapping, key: str) -> str:
        node = outer.left.pop(key, None)
        return node.value if isinstance(node, yaml.ScalarNode) else ""

    def _word(self, outer: Mapping, key: str, shape: re.Pattern[str], right: str) -> str:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if not shape.fullmatch(value):
            line = line_of(node) if node else outer.line
            self._refuse(
                line, f"{key} is {value!r}" if value else f"{key} is missing", f"write {right}"
            )
        return value

    def _number(self, outer: Mapping) -> str:
        return self._word(outer, "number", NUMBER, 'a number in quotes such as "7" or "7-1"')

    def _slug(self, outer: Mapping, key: str) -> str:
        return self._word(outer, key, _SLUG, "small letters, digits and hyphens")

    def _optional_slug(self, outer: Mapping, key: str) -> str:
        return self._slug(outer, key) if key in outer.left else ""

    def _choice(
        self, outer: Mapping, key: str, allowed: Sequence[str], *, default: str = ""
    ) -> str:
        node = outer.left.get(key)
        if node is None and default:
            return default
        value = self._plain(outer, key)
        if value not in allowed:
            line = line_of(node) if node else outer.line
            self._refuse(
                line,
                f"{key} is {value!r}" if value else f"{key} is missing",
                f"use one of: {', '.join(allowed)}",
            )
        return value

    def _truth(self, outer: Mapping, key: str) -> bool:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if value not in ("", "true", "false"):
            self._refuse(
                line_of(node) if node else outer.line, f"{key} is {value!r}", "write true or false"
            )
        return value == "true"

    def _whole(self, outer: Mapping, key: str) -> int | None:
        node = outer.left.get(key)
        value = self._optional_figure(outer, key)
        if node is not None and value is not None and value != int(value):
            self._refuse(line_of(node), f"{key} is {value}", "write a whole number")
        return None if value is None else int(value)

    def _figure(self, outer: Mapping, key: str) -> Decimal:
        if key not in outer.left:
            self._refuse(outer.line, f"{key} is missing", "write the figure, for example 163000")
            return Decimal(0)
        return self._optional_figure(outer, key) or Decimal(0)

    def _optional_figure(self, outer: Mapping, key: str) -> Decimal | None:
        node = outer.left.pop(key, None)
        if node is None:
            return None
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not isinstance(node, yaml.ScalarNode) or node.style or not _FIGURE.fullmatch(value):
            self._refuse(
                line_of(node),
                f"{key} is {value!r}, a text where a figure must stand",
                "write digits only, without quotes, commas or unit, for example 163000",
            )
            return Decimal(0)
        return Decimal(value)

    def _year(self, outer: Mapping, key: str, *, inside: bool = False, before: bool = False) -> int:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        line = line_of(node) if node else outer.line
        if not _YEAR.fullmatch(value):
            self._refuse(
                line,
                f"{key} is {value!r}" if value else f"{key} is missing",
                "write the year in which the fiscal year begins, for example 2024 for 令和6年度",
            )
            return self.years[0] if self.years else 2000
        year = int(value)
        if year not in LIKELY:
            self._refuse(
                line,
                f"{key} is {year}",
                f"write a fiscal year from {LIKELY[0]} to {LIKELY[-1]}",
            )
        if inside and year not in self.years:
            self._refuse(
                line,
                f"{key} {year} lies outside the plan",
                f"use a fiscal year from {self.years[0]} to {self.years[-1]}",
            )
        if before and self.years and year > self.years[-1]:
            self._refuse(
                line,
                f"the baseline's {key} {year} comes after the plan",
                f"use a year up to {self.years[-1]}",
            )
        return year

    def _finish(self, inner: Mapping) -> None:
        """Refuse keys that nobody took."""
        for key, node in inner.left.items():
            if key in inner.cut:
                wrong, right = (
                    f"{key!r} stands alone: a comma cut what it belongs to",
                    "write a figure without commas and unit, a text in quotes",
                )
            else:
                wrong, right = (
                    f"{key!r} is not a key that belongs here",
                    "remove it or check its spelling",
                )
            self._refuse(line_of(node), wrong, right)
        for key, line in inner.twice:
            self._refuse(line, f"{key!r} stands twice", "keep one of the two")

    def _refuse(self, line: int, wrong: str, right: str) -> None:
        self.problems.append(Problem(file=self.file, line=line, wrong=wrong, right=right))

    def _optional_year(self, outer: Mapping, key: str) -> int | None:
        return self._year(outer, key) if key in outer.left else None

    def _day(self, outer: Mapping, key: str) -> date | None:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if node is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._refuse(
                line_of(node), f"{key} is {value!r}", "write the day as 2021-05-19, or leave it out"
            )
            return None


def line_of(node: yaml.Node) -> int:
    """The line, from 1, on which a node begins."""
    return int(node.start_mark.line) + 1
