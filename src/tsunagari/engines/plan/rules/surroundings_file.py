"""Reads a pack's drivers.yaml and assets.yaml and says, all at once, what is wrong in them."""

import re
from collections.abc import Callable, Collection
from typing import Final, TypeVar

import yaml

from tsunagari.engines.plan.rules.pack import EMPTY, PackAsset, PackDriver, PackMention
from tsunagari.engines.plan.rules.pack_reader import Mapping, PackReader, line_of

E = TypeVar("E", PackDriver, PackAsset)

DRIVER_KINDS: Final = ("state_and_tokyo", "technology", "town")
VERDICTS: Final = ("keep", "promote", "review")

_MENTION: Final = re.compile(r"[A-Za-z0-9]{1,12}/[A-Za-z0-9][A-Za-z0-9-]{0,11}")
_ADDRESS: Final = re.compile(r"https://[^\s]{1,480}")


def read_drivers(text: str, *, file: str) -> tuple[PackDriver, ...]:
    """The drivers in `text`, or PackRefused with every problem found."""
    reader = _SurroundingsReader(file=file, divisions=())
    top = reader.root(text, begin="begin with `drivers:` and a list under it")
    found = reader.listed(top, "drivers", reader.driver) if top else ()
    reader.close()
    return found


def read_assets(text: str, *, file: str, divisions: Collection[str]) -> tuple[PackAsset, ...]:
    """The assets in `text`, or PackRefused with every problem found; `divisions` are codes that exist."""
    reader = _SurroundingsReader(file=file, divisions=divisions)
    top = reader.root(text, begin="begin with `assets:` and a list under it")
    found = reader.listed(top, "assets", reader.asset) if top else ()
    reader.close()
    return found


class _SurroundingsReader(PackReader):
    """A file with one list in it."""

    def __init__(self, *, file: str, divisions: Collection[str]) -> None:
        super().__init__(file=file)
        self.divisions = divisions

    def listed(self, top: Mapping, key: str, read: Callable[[Mapping], E]) -> tuple[E, ...]:
        """Every entry of the file's list; two of one code are refused."""
        found = self._each(top, key, read)
        self._finish(top)
        codes = [entry.code for entry in found]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self._refuse(top.line, f"two entries bear the code {code}", "give each its own code")
        return found

    def driver(self, inner: Mapping) -> PackDriver:
        """One entry of drivers.yaml."""
        driver = PackDriver(
            code=self._slug(inner, "code"),
            kind=self._choice(inner, "kind", DRIVER_KINDS),
            name=self._text(inner, "name"),
            issuer=self._text(inner, "issuer", default=EMPTY),
            issued_on=self._day(inner, "issued_on"),
            issued_year=self._optional_year(inner, "issued_year"),
            source=self._text(inner, "source"),
            address=self._address(inner),
            outline=self._text(inner, "outline", default=EMPTY),
            measures=self._mentions(inner),
        )
        self._finish(inner)
        return driver

    def asset(self, inner: Mapping) -> PackAsset:
        """One entry of assets.yaml."""
        asset = PackAsset(
            code=self._slug(inner, "code"),
            name=self._text(inner, "name"),
            outline=self._text(inner, "outline", default=EMPTY),
            division=self._division(inner),
            since_year=self._optional_year(inner, "since_year"),
            yearly_cost=self._whole(inner, "yearly_cost"),
            use=self._text(inner, "use", default=EMPTY),
            verdict=self._choice(inner, "verdict", VERDICTS) if "verdict" in inner.left else "",
            source=self._text(inner, "source"),
            measures=self._mentions(inner),
        )
        self._finish(inner)
        return asset

    def _division(self, inner: Mapping) -> str:
        node = inner.left.get("division")
        code = self._plain(inner, "division")
        if node is not None and code not in self.divisions:
            self._refuse(
                line_of(node),
                f"division {code!r} is not known",
                f"add it to divisions.yaml or use one of: {', '.join(sorted(self.divisions))}",
            )
        return code

    def _address(self, inner: Mapping) -> str:
        node = inner.left.get("address")
        address = self._plain(inner, "address")
        if node is not None and not _ADDRESS.fullmatch(address):
            self._refuse(line_of(node), f"address is {address!r}", "write it whole, with https://")
        return address

    def _mentions(self, inner: Mapping) -> tuple[PackMention, ...]:
        """Measures as plan letter and number, [P/2, 3/7-1]; whether they exist is asked at loading."""
        node = inner.left.pop("measures", None)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(line_of(node), "measures is no list", "write measures: [P/2, 3/7-1]")
            return ()
        found = []
        for item in node.value:
            letter, _, number = str(item.value).partition("/")
            if not _MENTION.fullmatch(str(item.value)):
                self._refuse(
                    line_of(item), f"measure {item.value!r}", "write letter and number, as P/2"
                )
            found.append(PackMention(plan=letter, number=number, line=line_of(item)))
        return tuple(found)
