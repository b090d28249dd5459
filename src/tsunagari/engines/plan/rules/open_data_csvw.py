"""What the open table says of itself to machines: W3C's metadata for tables (CSVW, tabular-metadata of 2015)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.rules.open_data import COLUMNS, KEY, Column, in_every_language
from tsunagari.engines.plan.rules.open_data_terms import Licence

CSVW_TYPE: Final = "application/csvm+json"
"""The content type of such metadata (CSVW, section 5.2)."""

LANGUAGES: Final = ("ja", "en")

_NOTES: Final = (
    _("空欄は、数値が分からないか、その行に当てはまらないことを示します。0 は数値としての0です。"),
    _("年度は4月1日に始まり、翌年の3月31日に終わります。"),
    _("数式と見まちがえられる文字（= + - @）で始まる文には、前に '（アポストロフィ）を付けます。"),
)


@dataclass(frozen=True, kw_only=True)
class TableHead:
    """What a table is called, by language, who publishes it, and under which terms (None: not said).

    `file` is its name beside the metadata, `language` that of its texts, `page` where it is explained.
    """

    file: str
    language: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: Mapping[str, str]
    licence: Licence | None
    page: str
    modified: str


def table_metadata(
    head: TableHead, columns: Sequence[Column] = COLUMNS, key: Sequence[str] = KEY
) -> dict[str, Any]:
    """The metadata of one file of the open table, whose header is in `head.language`; of another table
    with its own columns and the names of those that tell its lines apart."""
    said: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": head.file,
        "lang": head.language,
        "dc:title": _spoken(head.title),
        "dc:description": _spoken(head.description),
        "dc:publisher": {"schema:name": _spoken(head.publisher)},
        "dc:modified": {"@value": head.modified, "@type": "xsd:dateTime"},
        "dc:language": head.language,
        "dcat:landingPage": {"@id": head.page},
        "dialect": _DIALECT,
        "notes": [{"schema:text": _spoken(in_every_language(each, LANGUAGES))} for each in _NOTES],
        "null": [""],
        "tableSchema": {
            "columns": [_column(column, head.language) for column in columns],
            "primaryKey": list(key),
        },
    }
    if head.licence:
        said["dc:license"] = {"@id": head.licence.address}
    return said


_DIALECT: Final = {
    "encoding": "utf-8",  # with a mark at the beginning, which a reader of UTF-8 skips
    "lineTerminators": ["\r\n", "\n"],
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRowCount": 1,
}


def _column(column: Column, language: str) -> dict[str, Any]:
    """Titles stand without their languages, the file's own first: readers know the header by that one."""
    titles = in_every_language(column.title, LANGUAGES)
    return {
        "name": column.name,
        "titles": list(dict.fromkeys([titles[language], *titles.values()])),
        "dc:title": _spoken(titles),
        "dc:description": _spoken(in_every_language(column.means, LANGUAGES)),
        "datatype": _datatype(column),
        "required": column.required,
    }


def _datatype(column: Column) -> str | dict[str, Any]:
    if column.codes is None:
        return column.datatype
    return {
        "base": column.datatype,
        "format": f"^({'|'.join(column.codes)})$",
        "schema:hasDefinedTerm": [
            {
                "schema:termCode": code,
                "schema:name": _spoken(in_every_language(words, LANGUAGES)),
            }
            for code, words in column.codes.items()
        ],
    }


def _spoken(texts: Mapping[str, str]) -> Sequence[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items() if text]
