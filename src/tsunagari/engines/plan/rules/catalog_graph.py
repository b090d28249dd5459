"""Linked data in small: things with properties, written as JSON-LD and as Turtle without a library.

Both writings say the same; a test reads both with rdflib and compares them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import quote

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The vocabularies that may be used, by the short word with which their terms are written."""


@dataclass(frozen=True, kw_only=True)
class Literal:
    """A text in a language, or a value of a type ("xsd:date"); with neither it is plain text."""

    text: str
    language: str = ""
    type: str = ""


@dataclass(frozen=True)
class Iri:
    """The address of a thing that is described elsewhere."""

    address: str


@dataclass(frozen=True, kw_only=True)
class Node:
    """A thing: its types and properties ("dct:title"). Without an address it belongs to who names it."""

    types: tuple[str, ...]
    address: str = ""
    properties: Mapping[str, tuple["Term", ...]] = field(default_factory=dict)


Term: TypeAlias = Literal | Iri | Node


def node(address: str, types: str, **properties: Iterable[Term]) -> Node:
    """A thing; `types` with blanks between, a property as dct_title. One without values is left out."""
    return Node(
        address=address,
        types=tuple(types.split()),
        properties={
            name.replace("_", ":", 1): terms
            for name, values in properties.items()
            if (terms := tuple(values))
        },
    )


def spoken(texts: Mapping[str, str]) -> tuple[Literal, ...]:
    """A text in each of its languages."""
    return tuple(Literal(text=text, language=tongue) for tongue, text in texts.items() if text)


def json_ld(nodes: Iterable[Node]) -> dict[str, Any]:
    """The things as JSON-LD 1.1 whose context stands in it: nothing need be fetched to read it."""
    return {"@context": dict(PREFIXES), "@graph": [_object(each) for each in nodes]}


def _object(term: Term) -> dict[str, Any]:
    if isinstance(term, Iri):
        return {"@id": _address(term.address)}
    if isinstance(term, Literal):
        return _value(term)
    said: dict[str, Any] = {"@id": _address(term.address)} if term.address else {}
    said["@type"] = list(term.types)
    return said | {
        name: [_object(value) for value in values] for name, values in term.properties.items()
    }


def _value(literal: Literal) -> dict[str, str]:
    said = {"@value": literal.text}
    if literal.language:
        return said | {"@language": literal.language}
    return said | {"@type": literal.type} if literal.type else said


def turtle(nodes: Iterable[Node]) -> str:
    """The same things as Turtle 1.1."""
    head = "".join(f"@prefix {short}: <{long}> .\n" for short, long in PREFIXES.items())
    return head + "".join(f"\n{_subject(each)} {_said_of(each, 1)} .\n" for each in nodes)


def _subject(thing: Node) -> str:
    return f"<{_address(thing.address)}>" if thing.address else "[]"


def _said_of(thing: Node, depth: int) -> str:
    between = " ;\n" + "  " * depth
    return between.join(["a " + ", ".join(thing.types), *_statements(thing, depth)])


def _statements(thing: Node, depth: int) -> Iterator[str]:
    for name, values in thing.properties.items():
        yield f"{name} " + ", ".join(_written(value, depth + 1) for value in values)


def _written(term: Term, depth: int) -> str:
    if isinstance(term, Iri):
        return f"<{_address(term.address)}>"
    if isinstance(term, Literal):
        return _quoted(term)
    if term.address:
        raise ValueError(f"{term.address}: a thing with an address stands at the top; name its Iri")
    return f"[ {_said_of(term, depth)} ]"


def _quoted(literal: Literal) -> str:
    # JSON writes quotes, backslashes, breaks and controls just as Turtle's short strings do.
    text = json.dumps(literal.text, ensure_ascii=False)
    if literal.language:
        return f"{text}@{literal.language}"
    return f"{text}^^{literal.type}" if literal.type else text


def _address(address: str) -> str:
    """Signs that may not stand in an IRI are written with per cent."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]", encoding="utf-8")
