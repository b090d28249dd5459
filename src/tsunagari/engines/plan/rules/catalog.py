"""The city's catalogue of open data as linked data: DCAT 3 in the profile DCAT-AP 3.0.

Classes and properties, and which of them are mandatory (M) or recommended (R), are those of SEMIC's
DCAT-AP 3.0.0 (June 2024). Words of the European Union's authority tables stand for kinds of files,
languages, frequencies and themes, as the profile asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from tsunagari.engines.plan.rules.catalog_graph import Iri, Node, Term, node, spoken
from tsunagari.engines.plan.rules.catalog_graph import Literal as Text
from tsunagari.engines.plan.rules.open_data_terms import Licence

Texts = Mapping[str, str]
Format = Literal["CSV", "JSON", "XLSX"]
Frequency = Literal["CONT", "ANNUAL", "IRREG", "NEVER"]
"""How often a dataset changes: continuously, once a year, at no fixed time, never again."""

MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "CSV": "text/csv",
    "JSON": "application/json",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_TABLES: Final = "http://publications.europa.eu/resource/authority/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_LANGUAGES: Final = {"ja": f"{_TABLES}language/JPN", "en": f"{_TABLES}language/ENG"}
_THEME: Final = f"{_TABLES}data-theme/GOVE"
_THEME_WORDS: Final = {"en": "Government and public sector", "ja": "政府・公共部門"}
_AVAILABLE: Final = f"{_TABLES}planned-availability/AVAILABLE"
_AUTHORITY: Final = "http://purl.org/adms/publishertype/LocalAuthority"
_CSVW: Final = "http://www.w3.org/TR/tabular-metadata/"


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The city: its name, who answers, where; all by language. `address` is its IRI, `home` its site.

    `code` is the municipality's (6 digits), `area` the words for where it lies.
    """

    address: str
    home: str
    name: Texts
    responsible: Texts
    place: Texts
    telephone: str
    code: str
    area: Texts


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """One file of a dataset (dcat:Distribution). `metadata`: where its CSVW stands."""

    address: str
    download: str
    format: Format
    language: str
    title: Texts
    metadata: str = ""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A dataset, or a series of datasets where `files` is empty and others name it as their `series`.

    `page` explains it; the days are the first and last of the time it speaks of; `api` is the IRI of
    the service that answers the same.
    """

    address: str
    page: str
    title: Texts
    description: Texts
    keywords: Mapping[str, Sequence[str]]
    first_day: date
    last_day: date
    frequency: Frequency
    modified: datetime
    files: tuple[DataFile, ...] = ()
    series: str = ""
    measured: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """An API over datasets (dcat:DataService): where it answers, and where it is described."""

    address: str
    endpoint: str
    described: str
    title: Texts
    description: Texts
    serves: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything that the city gives away here. `licence` None: the terms of use are not decided."""

    address: str
    page: str
    title: Texts
    description: Texts
    publisher: Publisher
    licence: Licence | None
    series: tuple[Dataset, ...]
    datasets: tuple[Dataset, ...]
    service: Service | None = None


def graph(catalog: Catalog) -> tuple[Node, ...]:
    """The whole catalogue, each thing with an address at the top."""
    files = [file for dataset in catalog.datasets for file in dataset.files]
    return (
        _catalog(catalog),
        *_publisher(catalog.publisher),
        *(_series(each, catalog) for each in catalog.series),
        *(_dataset(each, catalog) for each in catalog.datasets),
        *(_distribution(file, catalog) for file in files),
        *_service(catalog),
        *_known(catalog, files),
    )


def _catalog(catalog: Catalog) -> Node:
    """M: title, description, publisher. R: the others."""
    modified = max((each.modified for each in catalog.datasets), default=None)
    return node(
        catalog.address,
        "dcat:Catalog",
        dct_title=spoken(catalog.title),
        dct_description=spoken(catalog.description),
        dct_publisher=[Iri(catalog.publisher.address)],
        dct_license=_licence(catalog),
        dct_language=[Iri(_LANGUAGES["ja"]), Iri(_LANGUAGES["en"])],
        dct_spatial=[Iri(_area(catalog.publisher))],
        dct_modified=[_moment(modified)] if modified else [],
        dcat_themeTaxonomy=[Iri(f"{_TABLES}data-theme")],
        dcat_dataset=[Iri(each.address) for each in (*catalog.series, *catalog.datasets)],
        dcat_service=[Iri(catalog.service.address)] if catalog.service else [],
        foaf_homepage=[Iri(catalog.page)],
    )


def _publisher(publisher: Publisher) -> tuple[Node, ...]:
    """M: the agent's name; contact and place are things of their own."""
    return (
        node(
            publisher.address,
            "foaf:Agent foaf:Organization",
            foaf_name=spoken(publisher.name),
            foaf_homepage=[Iri(publisher.home)],
            dct_identifier=[Text(text=publisher.code)],
            dct_type=[Iri(_AUTHORITY)],
        ),
        node(
            _contact(publisher),
            "vcard:Kind vcard:Organization",
            vcard_fn=spoken(publisher.responsible),
            vcard_hasTelephone=[Iri(f"tel:{publisher.telephone}")],
            vcard_hasURL=[Iri(publisher.home)],
            vcard_hasAddress=[_place(publisher)],
        ),
        node(
            _area(publisher),
            "dct:Location",
            skos_prefLabel=spoken(publisher.area),
            dct_identifier=[Text(text=publisher.code)],
        ),
    )


def _place(publisher: Publisher) -> Node:
    return node("", "vcard:Address", **{"vcard_street-address": spoken(publisher.place)})


def _series(series: Dataset, catalog: Catalog) -> Node:
    """M: title, description. R: contact, publisher, frequency, area and time."""
    return node(series.address, "dcat:DatasetSeries", **_described(series, catalog))


def _dataset(dataset: Dataset, catalog: Catalog) -> Node:
    """M: title, description. R: contact, distribution, keyword, publisher, area, time, theme."""
    described = _described(dataset, catalog)
    return node(
        dataset.address,
        "dcat:Dataset",
        **described,
        dct_identifier=[Text(text=dataset.address)],
        dct_language=[Iri(_LANGUAGES["ja"]), Iri(_LANGUAGES["en"])],
        dct_license=_licence(catalog),
        dct_conformsTo=[Iri(_CSVW)],
        dcat_keyword=[
            Text(text=word, language=language)
            for language, words in dataset.keywords.items()
            for word in words
        ],
        dcat_theme=[Iri(_THEME)],
        dcat_inSeries=[Iri(dataset.series)] if dataset.series else [],
        dcat_distribution=[Iri(file.address) for file in dataset.files],
    )


def _described(thing: Dataset, catalog: Catalog) -> dict[str, Iterable[Term]]:
    """What series and datasets have in common."""
    return {
        "dct_title": spoken(thing.title),
        "dct_description": spoken(thing.description),
        "dct_publisher": [Iri(catalog.publisher.address)],
        "dcat_contactPoint": [Iri(_contact(catalog.publisher))],
        "dct_spatial": [Iri(_area(catalog.publisher))],
        "dct_temporal": [_period(thing.first_day, thing.last_day)],
        "dct_accrualPeriodicity": [Iri(f"{_TABLES}frequency/{thing.frequency}")],
        "dct_modified": [_moment(thing.modified)],
        "dcat_landingPage": [Iri(thing.page)],
    }


def _distribution(file: DataFile, catalog: Catalog) -> Node:
    """M: accessURL. R: availability, description, format, licence."""
    return node(
        file.address,
        "dcat:Distribution",
        dct_title=spoken(file.title),
        dct_description=spoken(file.title),
        dcat_accessURL=[Iri(file.download)],
        dcat_downloadURL=[Iri(file.download)],
        dcat_mediaType=[Iri(_MEDIA + MEDIA_TYPES[file.format])],
        dct_format=[Iri(f"{_TABLES}file-type/{file.format}")],
        dct_language=[Iri(_LANGUAGES[file.language])],
        dct_license=_licence(catalog),
        dcatap_availability=[Iri(_AVAILABLE)],
        dct_conformsTo=[Iri(_CSVW)] if file.metadata else [],
        foaf_page=[Iri(file.metadata)] if file.metadata else [],
    )


def _service(catalog: Catalog) -> tuple[Node, ...]:
    """M: endpointURL, title. R: endpointDescription, servesDataset, contact, publisher, theme."""
    service = catalog.service
    if service is None:
        return ()
    made = node(
        service.address,
        "dcat:DataService",
        dct_title=spoken(service.title),
        dct_description=spoken(service.description),
        dct_publisher=[Iri(catalog.publisher.address)],
        dct_license=_licence(catalog),
        dcat_contactPoint=[Iri(_contact(catalog.publisher))],
        dcat_endpointURL=[Iri(service.endpoint)],
        dcat_endpointDescription=[Iri(service.described)],
        dcat_servesDataset=[Iri(address) for address in service.serves],
        dcat_keyword=[Text(text="API")],
        dcat_theme=[Iri(_THEME)],
    )
    return (made,)


def _known(catalog: Catalog, files: Sequence[DataFile]) -> tuple[Node, ...]:
    """What stands in tables of others, with the type by which a checker knows it."""
    formats = sorted({file.format for file in files})
    frequencies = sorted({each.frequency for each in (*catalog.series, *catalog.datasets)})
    licence = catalog.licence
    return (
        *(node(f"{_MEDIA}{MEDIA_TYPES[each]}", "dct:MediaType") for each in formats),
        *(node(f"{_TABLES}file-type/{each}", "dct:MediaTypeOrExtent") for each in formats),
        *(node(f"{_TABLES}frequency/{each}", "dct:Frequency") for each in frequencies),
        *(node(each, "dct:LinguisticSystem") for each in _LANGUAGES.values()),
        node(_THEME, "skos:Concept", skos_prefLabel=spoken(_THEME_WORDS)),
        node(f"{_TABLES}data-theme", "skos:ConceptScheme", dct_title=[Text(text="Data theme")]),
        node(_AVAILABLE, "skos:Concept", skos_prefLabel=spoken({"en": "available"})),
        node(
            _AUTHORITY,
            "skos:Concept",
            skos_prefLabel=spoken({"en": "Local authority", "ja": "地方公共団体"}),
        ),
        node(_CSVW, "dct:Standard", dct_title=[Text(text="CSVW")]),
        *(
            [node(licence.address, "dct:LicenseDocument", dct_title=spoken(licence.name))]
            if licence
            else []
        ),
    )


def _licence(catalog: Catalog) -> list[Iri]:
    return [Iri(catalog.licence.address)] if catalog.licence else []


def _contact(publisher: Publisher) -> str:
    return f"{publisher.address}-contact"


def _area(publisher: Publisher) -> str:
    return f"{publisher.address}-area"


def _period(first: date, last: date) -> Node:
    return node(
        "",
        "dct:PeriodOfTime",
        dcat_startDate=[Text(text=first.isoformat(), type="xsd:date")],
        dcat_endDate=[Text(text=last.isoformat(), type="xsd:date")],
    )


def _moment(moment: datetime) -> Text:
    return Text(text=moment.isoformat(timespec="seconds"), type="xsd:dateTime")


def schema_org(dataset: Dataset, catalog: Catalog, language: str) -> dict[str, Any]:
    """A dataset in the words of schema.org, by which search engines find it; in one language."""
    publisher = catalog.publisher
    city = {
        "@type": "GovernmentOrganization",
        "name": publisher.name[language],
        "url": publisher.home,
    }
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": dataset.address,
        "name": dataset.title[language],
        "description": dataset.description[language],
        "url": dataset.page,
        "inLanguage": language,
        "keywords": list(dataset.keywords[language]),
        "creator": city,
        "publisher": city,
        "isAccessibleForFree": True,
        "temporalCoverage": f"{dataset.first_day}/{dataset.last_day}",
        "spatialCoverage": {"@type": "AdministrativeArea", "name": publisher.area[language]},
        "dateModified": dataset.modified.isoformat(timespec="seconds"),
        "variableMeasured": list(dataset.measured),
        "distribution": [_download(file) for file in dataset.files if file.language == language],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": catalog.title[language]},
    }
    return said | ({"license": catalog.licence.address} if catalog.licence else {})


def _download(file: DataFile) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "encodingFormat": MEDIA_TYPES[file.format],
        "contentUrl": file.download,
    }
