"""What other programs make of a closed year's files: public validators find nothing wrong, and find what is."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from csvw import CSVW  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    load_city,
)

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parents[2] / "plan" / "tests" / "dcat_ap_3.ttl"
TABLES = pytest.mark.parametrize("table", ["figures.csv", "measures.csv"])
PREFIXES = pytest.mark.parametrize("prefix", ["", "/en"])
VERSIONS = pytest.mark.parametrize("version", [1, 2])


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed and mended once with words that break tables."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "41.5")
        cycle = acting_year()
        add_voices(cycle, "8")
        freeze(cycle)
        correct_year(
            cycle=Cycle.objects.get().public_id,
            corrections=[
                Correction(measure="2", place="done", text='=1+1,"引用"\r\n改行;𠮷\t終わり'),
                Correction(measure="3", place="settled", text=""),
            ],
            reason="転記の誤り",
            seen=1,
            hand=SECRETARIAT,
            clock=clock,
        )
        rows.written()
        yield


def taken(client: Client, name: str, version: int = 1, prefix: str = "") -> bytes:
    """A file as it is downloaded."""
    answer = client.get(f"{prefix}/reports/{CODE}/{YEAR}/v{version}/{name}")
    assert answer.status_code == 200
    return bytes(answer.content)


def kept(client: Client, folder: Path, table: str, version: int = 1, prefix: str = "") -> Path:
    """A table and its description side by side."""
    for name in (table, f"{table}-metadata.json"):
        folder.joinpath(name).write_bytes(taken(client, name, version, prefix))
    return folder / f"{table}-metadata.json"


def faults(metadata: Path) -> list[str]:
    """What the validator says of a table and its description."""
    try:
        table = CSVW(str(metadata), validate=True)
        return [] if table.is_valid else [str(each.message) for each in table.warnings] or ["?"]
    except (KeyError, ValueError) as refused:  # so it tells of keys and of missing columns
        return [str(refused)]


@TABLES
@PREFIXES
@VERSIONS
def test_a_closed_years_table_is_what_its_description_says(
    client: Client, tmp_path: Path, table: str, prefix: str, version: int
) -> None:
    assert faults(kept(client, tmp_path, table, version, prefix)) == []


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("figures.csv", ",actual,", ",real,"),  # a code that is none
        ("figures.csv", "年度（西暦）", "年"),  # a header that is another
        ("measures.csv", ",1000000,", ",百万,"),  # an amount that is no number
        ("measures.csv", ",continue,", ",go on,"),  # a code that is none
    ],
)
def test_a_table_that_is_not_what_its_description_says_is_noticed(
    client: Client, tmp_path: Path, table: str, before: str, after: str
) -> None:
    metadata = kept(client, tmp_path, table)
    file = tmp_path / table
    text = file.read_bytes().decode("utf-8-sig")
    assert before in text
    file.write_bytes(text.replace(before, after, 1).encode())
    assert faults(metadata)


def catalogue(client: Client, version: int = 1, prefix: str = "") -> Graph:
    """The version's catalogue, read where it stands."""
    base = f"http://testserver{prefix}/reports/{CODE}/{YEAR}/v{version}/dcat.jsonld"
    return Graph().parse(
        data=taken(client, "dcat.jsonld", version, prefix), format="json-ld", publicID=base
    )


def checked(graph: Graph) -> tuple[bool, str]:
    """Whether a catalogue keeps what DCAT-AP 3.0 asks (its recommendations warn), and the words."""
    conforms, _, words = pyshacl.validate(
        graph, shacl_graph=Graph().parse(SHAPES), allow_warnings=True
    )
    return bool(conforms), str(words)


@PREFIXES
@VERSIONS
def test_a_closed_years_catalogue_keeps_what_dcat_ap_asks(
    client: Client, prefix: str, version: int
) -> None:
    graph = catalogue(client, version, prefix)
    conforms, words = checked(graph)
    assert conforms, words
    again = Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
    assert len(again) == len(graph) > 40


def test_the_citys_catalogue_lists_closed_years_in_their_newest_version(client: Client) -> None:
    answer = client.get("/plan/catalog.ttl")
    graph = Graph().parse(data=answer.content, format="turtle")
    conforms, _, words = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, words
    dataset = URIRef(f"http://testserver/reports/{CODE}/{YEAR}/#dataset")
    assert {str(title) for title in graph.objects(dataset, DCTERMS.title)} == {
        "基本方針 令和7年度 年次報告書",
        "Basic Policy: annual report FY2025",
    }
    assert (dataset, DCAT.inSeries, URIRef(f"http://testserver/plan/{CODE}/#series")) in graph
    files = {
        str(graph.value(each, DCAT.downloadURL))
        for each in graph.objects(dataset, DCAT.distribution)
    }
    assert len(files) == 8
    for address in files:
        assert "/v2/" in address
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_every_address_in_the_catalogue_is_there(client: Client) -> None:
    graph = catalogue(client, 2)
    files = [str(each) for each in graph.objects(None, DCAT.downloadURL)]
    described = [str(each) for each in graph.objects(None, DCTERMS.conformsTo)]
    assert len(files) == 4
    for address in [*files, *(each for each in described if each.startswith("http://testserver"))]:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
    pages = {str(each) for each in graph.objects(None, DCAT.landingPage)}
    for address in pages:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.title),
        (DCAT.Distribution, DCAT.accessURL),
    ],
)
def test_a_catalogue_without_what_is_mandatory_is_noticed(
    client: Client, kind: URIRef, what: URIRef
) -> None:
    graph = catalogue(client)
    for thing in list(graph.subjects(RDF.type, kind)):
        graph.remove((thing, what, None))
    assert not checked(graph)[0]


@TABLES
def test_the_description_names_the_table_that_lies_beside_it(client: Client, table: str) -> None:
    described = json.loads(taken(client, f"{table}-metadata.json"))
    assert described["url"] == table
