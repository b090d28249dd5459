"""Narrowing a list by links and a word: the address keeps what was asked, each choice says how many it shows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, pgettext

from tsunagari.kernel.i18n.widths import narrow_signs

T = TypeVar("T")

WORD: Final = "q"
LONGEST: Final = 100
"""Letters of a search that are looked at."""

_KATAKANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


@dataclass(frozen=True, kw_only=True)
class Filter(Generic[T]):
    """One way to narrow: its word in the address, its title, the titles of its keys in their order.

    `keys` gives those of one thing; a key outside of `titles` is not offered.
    """

    name: str
    title: str
    titles: Mapping[str, str]
    keys: Callable[[T], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One link of a filter: where it leads, how many it shows, whether it is on."""

    title: str
    address: str
    count: int
    current: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The links of one filter; `on` says that one of them narrows the list."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    on: bool


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A filter or word that is on: what it says, and the address without it. `known` is False for
    a word of the address that no filter has."""

    title: str
    address: str
    known: bool


@dataclass(frozen=True, kw_only=True)
class Narrowing(Generic[T]):
    """What an address asks to see of `things`. `text` is what the word is looked for in; `always` is the
    part of the query that every address here keeps (on=2025-06-30)."""

    things: tuple[T, ...]
    filters: tuple[Filter[T], ...]
    asked: Mapping[str, str]
    words: str
    text: Callable[[T], str]
    always: str = ""
    anchor: str = "list"
    _keys: dict[str, list[frozenset[str]]] = field(init=False, default_factory=dict)
    _found: list[bool] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for each in self.filters:
            self._keys[each.name] = [frozenset(each.keys(thing)) for thing in self.things]
        sought = folded(self.words).split()
        self._found.extend(
            not sought or all(word in text for word in sought)
            for text in (folded(self.text(thing)) if sought else "" for thing in self.things)
        )

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        things: Iterable[T],
        filters: Iterable[Filter[T]],
        text: Callable[[T], str],
        *,
        always: str = "",
    ) -> "Narrowing[T]":
        """Read from the address; a filter's word that does not exist shows nothing and is named."""
        filters = tuple(filters)
        asked = {each.name: request.GET.get(each.name, "")[:LONGEST] for each in filters}
        return cls(
            things=tuple(things),
            filters=filters,
            asked={name: key for name, key in asked.items() if key},
            words=request.GET.get(WORD, "").strip()[:LONGEST],
            text=text,
            always=always,
        )

    @property
    def on(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.asked or self.words)

    @property
    def shown(self) -> tuple[T, ...]:
        """The things that are asked for, in their order."""
        return tuple(self.things[place] for place in self._places())

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The filters that are on and what is always kept, for the hidden fields of the form that asks for a word."""
        return (*parse_qsl(self.always), *self.asked.items())

    def address(self, name: str = "", key: str = "") -> str:
        """The address with one filter changed ("" takes it away) and the others as they are."""
        asked = {**self.asked, **({WORD: self.words} if self.words else {})}
        if name:
            asked[name] = key
        query = urlencode({word: value for word, value in asked.items() if value})
        return f"?{'&'.join(filter(None, (self.always, query)))}#{self.anchor}"

    @property
    def all_of_them(self) -> str:
        """The address with nothing narrowed."""
        return f"?{self.always}#{self.anchor}"

    def groups(self) -> tuple[Group, ...]:
        """Every filter with two choices or more, or one that is on."""
        groups = (self._group(each) for each in self.filters)
        return tuple(group for group in groups if len(group.choices) > 2 or group.on)

    def taken(self) -> tuple[Taken, ...]:
        """What is on, each with the address that takes it away."""
        said = [
            Taken(
                title=each.titles.get(self.asked[each.name], self.asked[each.name]),
                address=self.address(each.name, ""),
                known=self.asked[each.name] in each.titles,
            )
            for each in self.filters
            if each.name in self.asked
        ]
        if self.words:
            title = gettext("「%(words)s」を含む") % {"words": self.words}
            said.append(Taken(title=title, address=self.address(WORD, ""), known=True))
        return tuple(said)

    def said(self) -> str:
        """情報推進課、段階で管理：30件中 8件を表示."""
        shown = len(self._places())
        said = ngettext("%(all)s件中 %(shown)s件を表示", "%(all)s件中 %(shown)s件を表示", shown) % {
            "all": len(self.things),
            "shown": shown,
        }
        on = pgettext("between filters", "、").join(each.title for each in self.taken())
        return gettext("%(filters)s：%(shown)s") % {"filters": on, "shown": said} if on else said

    def unknown(self) -> tuple[str, ...]:
        """A sentence for each word of the address that no filter has."""
        return tuple(
            gettext(
                "「%(word)s」という条件はありません。「条件を選んで絞り込む」から選び直してください。"
            )
            % {"word": each.title}
            for each in self.taken()
            if not each.known
        )

    def _group(self, each: Filter[T]) -> Group:
        tally: Counter[str] = Counter()
        places = self._places(without=each.name)
        for place in places:
            tally.update(self._keys[each.name][place])
        asked = self.asked.get(each.name, "")
        everything = Choice(
            title=gettext("すべて"),
            address=self.address(each.name, ""),
            count=len(places),
            current=not asked,
        )
        choices = tuple(
            Choice(
                title=title,
                address=self.address(each.name, key),
                count=tally[key],
                current=asked == key,
            )
            for key, title in each.titles.items()
            if tally[key] or asked == key
        )
        return Group(
            name=each.name, title=each.title, choices=(everything, *choices), on=bool(asked)
        )

    def _places(self, without: str = "") -> list[int]:
        asked = [(name, key) for name, key in self.asked.items() if name != without]
        return [
            place
            for place, found in enumerate(self._found)
            if found and all(key in self._keys[name][place] for name, key in asked)
        ]


def folded(text: str) -> str:
    """What words are compared by: widths, capital letters and the two kana do not matter."""
    return narrow_signs(text).casefold().translate(_KATAKANA)
