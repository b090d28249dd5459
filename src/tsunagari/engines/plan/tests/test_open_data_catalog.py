"""Other catalogues harvest the city's: it is valid DCAT-AP, and says the same in both of its forms."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.test import Client, RequestFactory
from pytest_django.plugin import DjangoDbBlocker
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.rules.catalog import MEDIA_TYPES
from tsunagari.engines.plan.rules.catalog_graph import Iri, Node, json_ld, node, spoken, turtle
from tsunagari.engines.plan.rules.catalog_graph import Literal as Text
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD
from tsunagari.engines.plan.views import open_data_catalog

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

SHAPES = Path(__file__).with_name("dcat_ap_3.ttl")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
MANDATORY = (
    (DCAT.Catalog, DCTERMS.title),
    (DCAT.Catalog, DCTERMS.description),
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.DatasetSeries, DCTERMS.title),
    (DCAT.DatasetSeries, DCTERMS.description),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.DataService, DCAT.endpointURL),
    (DCAT.DataService, DCTERMS.title),
    (FOAF.Agent, FOAF.name),
)
RECOMMENDED = (
    (DCAT.Catalog, DCTERMS.license),
    (DCAT.Catalog, DCAT.service),
    (DCAT.Dataset, DCAT.contactPoint),
    (DCAT.Dataset, DCAT.distribution),
    (DCAT.Dataset, DCAT.keyword),
    (DCAT.Dataset, DCAT.theme),
    (DCAT.Dataset, DCTERMS.spatial),
    (DCAT.Dataset, DCTERMS.temporal),
    (DCAT.DatasetSeries, DCTERMS.accrualPeriodicity),
    (DCAT.Distribution, DCTERMS.format),
    (DCAT.Distribution, DCTERMS.license),
    (DCAT.Distribution, DCATAP.availability),
)


def _graph(client: Client, form: str = "ttl", **headers: str) -> Graph:
    answer = client.get(f"/plan/catalog.{form}", **headers)  # type: ignore[arg-type]
    assert answer.status_code == 200
    kinds = {"ttl": ("text/turtle", "turtle"), "jsonld": ("application/ld+json", "json-ld")}
    assert answer.headers["Content-Type"].startswith(kinds[form][0])
    return Graph().parse(data=answer.content, format=kinds[form][1])


def _checked(graph: Graph, *, allow_warnings: bool = False) -> tuple[bool, str]:
    conforms, _, words = pyshacl.validate(
        graph, shacl_graph=Graph().parse(SHAPES), allow_warnings=allow_warnings
    )
    return bool(conforms), str(words)


@pytest.fixture(scope="module")
def whole(both_plans: None, django_db_blocker: DjangoDbBlocker) -> Graph:
    """The catalogue, read once for the tests that take something out of it."""
    with django_db_blocker.unblock():
        return _graph(Client())


def _without(graph: Graph, kind: URIRef, what: URIRef) -> Graph:
    held = Graph()
    for triple in graph:
        held.add(triple)
    for thing in graph.subjects(RDF.type, kind):
        held.remove((thing, what, None))
    assert len(held) < len(graph)
    return held


def test_the_catalogue_keeps_what_dcat_ap_asks_and_recommends(client: Client) -> None:
    conforms, words = _checked(_graph(client))
    assert conforms, words


@pytest.mark.parametrize(("kind", "what"), MANDATORY)
def test_a_mandatory_property_that_is_dropped_is_noticed(
    whole: Graph, kind: URIRef, what: URIRef
) -> None:
    conforms, words = _checked(_without(whole, kind, what), allow_warnings=True)
    assert not conforms
    assert "Severity: sh:Violation" in words


@pytest.mark.parametrize(("kind", "what"), RECOMMENDED)
def test_a_recommended_property_that_is_dropped_is_warned_of(
    whole: Graph, kind: URIRef, what: URIRef
) -> None:
    graph = _without(whole, kind, what)
    assert _checked(graph, allow_warnings=True)[0]
    assert not _checked(graph)[0]


def test_both_forms_say_the_same() -> None:
    request = RequestFactory().get("/plan/catalog.ttl")
    one = open_data_catalog.catalog_ttl(request, clock=lambda: NOW).content
    other = open_data_catalog.catalog_jsonld(request, clock=lambda: NOW).content
    graph = Graph().parse(data=one, format="turtle")
    assert len(graph) > 200
    assert isomorphic(graph, Graph().parse(data=other, format="json-ld"))


def test_what_is_counted_all_the_time_is_said_to_change_by_the_hour() -> None:
    request = RequestFactory().get("/plan/catalog.ttl")
    modified = {
        open_data_catalog.whole_catalog(request, NOW + timedelta(minutes=minutes))
        .datasets[0]
        .modified
        for minutes in (0, 1, 59)
    }
    assert len(modified) == 1


def test_each_plan_is_a_series_with_its_figures_in_three_formats_and_two_languages(
    client: Client,
) -> None:
    graph = _graph(client)
    base = f"http://testserver/plan/{CODE}/"
    figures = URIRef(f"{base}data/#figures")
    assert (figures, DCAT.inSeries, URIRef(f"{base}#series")) in graph
    assert {str(title) for title in graph.objects(figures, DCTERMS.title)} == {
        "西東京市地域情報化基本方針の目標と実績",
        "Targets and results of the Nishitokyo City Basic Policy for Local Informatization",
    }
    downloads = {
        str(graph.value(each, DCAT.downloadURL))
        for each in graph.objects(figures, DCAT.distribution)
    }
    assert downloads == {
        f"http://testserver{prefix}/plan/{CODE}/figures.{kind}"
        for prefix in ("", "/en")
        for kind in ("csv", "xlsx", "json")
    }
    assert set(graph.subjects(RDF.type, DCAT.DatasetSeries)) == {
        URIRef(f"http://testserver/plan/{code}/#series") for code in (CODE, THIRD)
    }


def test_every_download_is_there(client: Client) -> None:
    files = list(_graph(client).subject_objects(DCAT.downloadURL))
    assert files
    for _file, address in files:
        answer = client.get(str(address).removeprefix("http://testserver"))
        assert answer.status_code == 200, address


def test_addresses_carry_the_host_under_which_one_asks(client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["city.example"]  # type: ignore[attr-defined]
    graph = _graph(client, HTTP_HOST="city.example")
    dataset = URIRef(f"http://city.example/plan/{CODE}/data/#figures")
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert "testserver" not in graph.serialize()


def test_a_city_that_has_not_decided_its_terms_claims_none(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    undecided = replace(api.open_data_terms(), licence=None)
    monkeypatch.setattr(api, "open_data_terms", lambda: undecided)
    graph = _graph(client)
    assert not set(graph.subject_objects(DCTERMS.license))
    conforms, words = _checked(graph, allow_warnings=True)
    assert conforms, words


def test_any_site_may_read_the_catalogue(client: Client) -> None:
    for form in ("ttl", "jsonld"):
        answer = client.get(f"/plan/catalog.{form}")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "X-Tsunagari-View" not in answer.headers


def test_the_catalogue_stands_when_there_is_no_plan(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "boards", lambda **_: ())
    monkeypatch.setattr(api, "plan_words", lambda *_, **__: ())
    graph = _graph(client)
    assert not set(graph.subjects(RDF.type, DCAT.Dataset))
    conforms, words = _checked(graph, allow_warnings=True)
    assert conforms, words


def _block(client: Client, address: str) -> tuple[str, dict[str, Any]]:
    page = client.get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return found[1], json.loads(found[1])


def test_search_engines_find_a_plans_figures_on_its_page(client: Client) -> None:
    _, said = _block(client, f"/plan/{CODE}/")
    assert said["@type"] == "Dataset"
    assert said["name"] == "西東京市地域情報化基本方針の目標と実績"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["temporalCoverage"] == "2023-04-01/2029-03-31"
    assert 50 <= len(str(said["description"])) <= 5000  # what Google's dataset search takes
    assert [each["encodingFormat"] for each in said["distribution"]] == [
        MEDIA_TYPES[kind] for kind in ("CSV", "XLSX", "JSON")
    ]
    _, english = _block(client, f"/en/plan/{CODE}/")
    assert english["inLanguage"] == "en"
    assert str(english["name"]).startswith("Targets and results of")


def test_a_plans_name_cannot_end_the_block_in_its_page(client: Client) -> None:
    bad = "</script><script>alert(1)</script>&\u2028"
    Plan.objects.filter(code=CODE).update(name=bad)
    api.turn_edition()
    block, said = _block(client, f"/plan/{CODE}/")
    assert "<" not in block
    assert "&" not in block
    assert str(said["name"]).startswith(bad)


HARD = 'a"b\\c\nd\te\u0001<>&{}|^` 𠮷 😀 \u2028 ]] #'


def test_hard_texts_and_addresses_survive_both_forms() -> None:
    things: tuple[Node, ...] = (
        node(
            'https://example.org/計画?a=b c<>"{}|^`#一',
            "dcat:Dataset",
            dct_title=spoken({"ja": HARD, "en": HARD}),
            dct_identifier=[Text(text=HARD)],
            dct_publisher=[Iri("urn:x")],
            dct_temporal=[
                node(
                    "",
                    "dct:PeriodOfTime",
                    dcat_startDate=[Text(text="2024-04-01", type="xsd:date")],
                )
            ],
        ),
    )
    one = Graph().parse(data=turtle(things), format="turtle")
    other = Graph().parse(data=json.dumps(json_ld(things)), format="json-ld")
    assert isomorphic(one, other)
    assert set(one.objects(None, DCTERMS.title)) == {Literal(HARD, "ja"), Literal(HARD, "en")}
