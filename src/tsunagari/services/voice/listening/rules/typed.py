"""What somebody typed, checked by a form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class VoiceTyped:
    """A letter to the city. `about` is a division's code or "", `age` a key of AGES or ""."""

    about: str = ""
    text: str
    wants_answer: bool = False
    mail: str = ""
    name: str = ""
    age: str = ""
    may_publish: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """Everything, as texts."""
        yes = (str(self.wants_answer), str(self.may_publish))
        return (self.about, self.text, self.mail, self.name, self.age, *yes)


@dataclass(frozen=True, kw_only=True)
class OpinionTyped:
    """An opinion on a draft. `part` is one of the call's parts or ""."""

    text: str
    part: str = ""
    name: str = ""
    address: str = ""
    mail: str = ""
    age: str = ""
    tie: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """Everything, as texts."""
        return (self.text, self.part, self.name, self.address, self.mail, self.age, self.tie)


@dataclass(frozen=True, kw_only=True)
class CallTyped:
    """A call for comments as its form gives it."""

    title: str
    summary: str
    why: str
    use: str
    who: str
    contact: str
    parts: str
    opens: date
    closes: date
    short_reason: str
    asks_name: bool
    asks_address: bool
    kept_days: int


@dataclass(frozen=True, kw_only=True)
class PublishedTyped:
    """What is published of a letter, in the city's wording."""

    title: str
    question: str
    answer: str
    category: str


@dataclass(frozen=True, kw_only=True)
class GroupTyped:
    """A group of opinions: its title, the one wording, the kind of answer ("" for none yet) and its text."""

    title: str
    summary: str
    kind: str
    answer: str
