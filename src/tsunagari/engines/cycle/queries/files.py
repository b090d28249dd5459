"""The files of a closed year: each made of one version's sealed content and nothing else."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.models import Frozen, FrozenFile
from tsunagari.engines.cycle.queries.published import Report, report_of
from tsunagari.engines.cycle.queries.report import annual_report
from tsunagari.engines.cycle.queries.report_front import report_title
from tsunagari.engines.cycle.queries.year_workbook import year_workbook
from tsunagari.engines.cycle.rules.year_tables import (
    MEASURE_COLUMNS,
    MEASURE_KEY,
    figure_rows,
    measure_headers,
    measure_rows,
)
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE

CSV_TYPE: Final = "text/csv; charset=utf-8; header=present"
CSVW_TYPE: Final = "application/csvm+json"
JSON_TYPE: Final = "application/json"
PAGE: Final = "../"
"""A closed year's page, seen from its files: they hold no host, so that they stay the same anywhere."""


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind of file, by its name: what it is called, its content type, and who makes it. `for_people`:
    it is listed among the downloads; the others describe files to machines."""

    name: str
    title: Any
    type: str
    make: Callable[[Report], bytes]
    for_people: bool = True

    @property
    def ending(self) -> str:
        """PDF, XLSX, CSV …, as a reader knows it."""
        return self.name.rpartition(".")[2].upper()


def make_file(report: Report, kind: str) -> bytes:
    """A file of a version in the language of its book: the same bytes whenever it is made. KeyError for a
    kind that is none."""
    with translation.override(report.book.language):
        return KINDS[kind].make(report)


def kept_sizes(public_id: str, language: str) -> dict[str, int]:
    """Bytes of the files that were made already of a version, by kind. One query."""
    rows = FrozenFile.objects.filter(frozen__public_id=public_id, language=language)
    return {kind: len(bytes(content)) for kind, content in rows.values_list("kind", "content")}


def _licence_name(language: str) -> str:
    licence = plan_api.open_data_terms().licence
    return licence.name.get(language, licence.name["ja"]) if licence else ""


def _pdf(report: Report) -> bytes:
    return annual_report(
        report, licence=_licence_name(report.book.language), shades=city_look().shades
    )


def _figures_csv(report: Report) -> bytes:
    return plan_api.csv_of(figure_rows(report.book), report.book.language)


def _measures_csv(report: Report) -> bytes:
    return write_table(measure_headers(report.book.language), measure_rows(report.book))


def _data(report: Report) -> bytes:
    """The sealed content itself, byte for byte: whoever hashes the file gets the seal."""
    content: str = Frozen.objects.values_list("content", flat=True).get(
        public_id=report.version.public_id
    )
    return content.encode()


def _written(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _figures_csvw(report: Report) -> bytes:
    return _written(plan_api.table_metadata(_head(report, "figures.csv", _figures_title)))


def _measures_csvw(report: Report) -> bytes:
    head = _head(report, "measures.csv", _measures_title)
    return _written(plan_api.table_metadata(head, MEASURE_COLUMNS, MEASURE_KEY))


def _figures_title() -> str:
    return gettext("指標の推移")


def _measures_title() -> str:
    return gettext("取組の計画と点検")


def _head(report: Report, file: str, title: Callable[[], str]) -> plan_api.TableHead:
    titles, said = titles_of(_in_each_language(report)), _said(title)
    return plan_api.TableHead(
        file=file,
        language=report.book.language,
        title={of: f"{titles[of]} {said[of]}" for of in LANGUAGES},
        description=_said(_description),
        publisher={of: city_look().name[of] for of in LANGUAGES},
        licence=plan_api.open_data_terms().licence,
        page=PAGE,
        modified=report.version.published_at.isoformat(timespec="seconds"),
    )


def _description() -> str:
    return gettext("確定して公表した年度の内容です。あとから直したところは、新しい版になります。")


def _said(make: Callable[[], str]) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = make()
    return said


def titles_of(reports: Mapping[str, Report]) -> dict[str, str]:
    """What a closed year's report is called, by language."""
    titles = {}
    for language, report in reports.items():
        with translation.override(language):
            titles[language] = report_title(report.book)
    return titles


@dataclass(frozen=True, kw_only=True)
class DataKind:
    """A file that is data: its name, its format in the catalogue, and the file that describes its columns."""

    name: str
    format: plan_api.Format
    columns: str = ""

    def described(self, *, address: str, folder: str, language: str) -> plan_api.DataFile:
        """The file as the catalogue lists it; `folder` is where it and its description are."""
        return plan_api.DataFile(
            address=address,
            download=f"{folder}{self.name}",
            format=self.format,
            language=language,
            title=_said(lambda: str(KINDS[self.name].title)),
            metadata=f"{folder}{self.columns}" if self.columns else "",
        )


DATA_FILES: Final = (
    DataKind(name="figures.csv", format="CSV", columns="figures.csv-metadata.json"),
    DataKind(name="measures.csv", format="CSV", columns="measures.csv-metadata.json"),
    DataKind(name="report.xlsx", format="XLSX"),
    DataKind(name="data.json", format="JSON"),
)


def dataset_of(
    reports: Mapping[str, Report],
    *,
    address: str,
    page: str,
    series: str,
    files: tuple[plan_api.DataFile, ...],
) -> plan_api.Dataset:
    """A version of a closed year, read in every language, as a dataset of the catalogue."""
    report = next(iter(reports.values()))
    title, year = titles_of(reports), FiscalYear(report.book.fiscal_year)
    return plan_api.Dataset(
        address=address,
        page=page,
        title=title,
        description=_said(_description),
        keywords={language: [*title[language].split()] for language in title},
        first_day=year.first_day,
        last_day=year.last_day,
        frequency="NEVER",
        modified=report.version.published_at,
        files=files,
        series=series,
    )


def _in_each_language(report: Report) -> dict[str, Report]:
    """The same version in every language."""
    found = {of: report_of(report.version.public_id, of) for of in LANGUAGES}
    return {of: each for of, each in found.items() if each is not None}


def _dcat(report: Report) -> bytes:
    """The version as a dataset of the city's catalogue (DCAT-AP 3.0), with the files of its language."""
    reports, language = _in_each_language(report), report.book.language
    files = tuple(
        each.described(address=f"#{each.name}", folder="", language=language) for each in DATA_FILES
    )
    dataset = dataset_of(
        reports, address="#dataset", page=PAGE, series=_series(report).address, files=files
    )
    title, publisher = dataset.title, plan_api.publisher_at("/", LANGUAGES)
    catalog = plan_api.Catalog(
        address="#catalog",
        page=PAGE,
        title=title,
        description=_said(_description),
        publisher=publisher,
        licence=plan_api.open_data_terms().licence,
        series=(_series(report),),
        datasets=(dataset,),
    )
    return _written(plan_api.json_ld(plan_api.graph(catalog)))


def _series(report: Report) -> plan_api.Dataset:
    """The plan, of whose years this is one, under the address that it has in the city's catalogue: a file
    that speaks of it says what it is, so that it holds by itself."""
    book = report.book
    name = {book.language: book.plan_name}
    return plan_api.Dataset(
        address=f"/plan/{book.plan}/#series",
        page=f"/plan/{book.plan}/",
        title=name,
        description=name,
        keywords={},
        first_day=FiscalYear(book.first_year).first_day,
        last_day=FiscalYear(book.last_year).last_day,
        frequency="ANNUAL",
        modified=report.version.published_at,
    )


KINDS: Final[Mapping[str, FileKind]] = {
    each.name: each
    for each in (
        FileKind(name="report.pdf", title=_("年次報告書"), type="application/pdf", make=_pdf),
        FileKind(
            name="report.xlsx", title=_("年次報告の表"), type=WORKBOOK_TYPE, make=year_workbook
        ),
        FileKind(name="figures.csv", title=_("指標の推移"), type=CSV_TYPE, make=_figures_csv),
        FileKind(
            name="measures.csv", title=_("取組の計画と点検"), type=CSV_TYPE, make=_measures_csv
        ),
        FileKind(name="data.json", title=_("確定した内容そのもの"), type=JSON_TYPE, make=_data),
        FileKind(
            name="figures.csv-metadata.json",
            title=_("指標の推移の列の説明"),
            type=CSVW_TYPE,
            make=_figures_csvw,
            for_people=False,
        ),
        FileKind(
            name="measures.csv-metadata.json",
            title=_("取組の計画と点検の列の説明"),
            type=CSVW_TYPE,
            make=_measures_csvw,
            for_people=False,
        ),
        FileKind(
            name="dcat.jsonld",
            title=_("データカタログ（DCAT）"),
            type="application/ld+json",
            make=_dcat,
            for_people=False,
        ),
    )
}
