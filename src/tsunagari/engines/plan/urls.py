"""Addresses of the plan: /plan/, /plan/compare/, /plan/<code>/, /plan/<code>/<number>/.

Words that stand where a plan's code stands (measures, compare, evidence, drivers, assets) are no code: the pack
refuses them (rules/plan_file.py, RESERVED).
"""

from django.urls import path

from tsunagari.engines.plan.views import (
    card,
    comparison,
    dashboard,
    downloads,
    evidence,
    fields,
    figure_files,
    index,
    measure,
    measures,
    open_data,
    open_data_catalog,
    surroundings,
    years,
)
from tsunagari.kernel.i18n.texts import N_

app_name = "plan"
PAGES = {
    "index": N_("計画の一覧"),
    "measures": N_("すべての取組とサービス"),
    "compare": N_("計画の比較"),
    "drivers": N_("取組の背景"),
    "assets": N_("いまある情報基盤"),
    "plan": N_("取組の一覧と進み具合"),
    "field": N_("分野ごとのページ"),
    "viewpoint": N_("視点ごとのページ"),
    "year": N_("年度ごとのアクションプラン"),
    "measure": N_("取組ごとのページ"),
    "open_data": N_("オープンデータ"),
    "card": N_("ほかのサイトに置かれた指標のカード"),
}
urlpatterns = [
    path("", index.index, name="index"),
    path("measures/", measures.measures, name="measures"),
    path("measures.csv", measures.measures_csv, name="measures_csv"),
    path("measures.xlsx", measures.measures_xlsx, name="measures_xlsx"),
    path("compare/", comparison.compare, name="compare"),
    path("drivers/", surroundings.drivers, name="drivers"),
    path("drivers.csv", surroundings.drivers_csv, name="drivers_csv"),
    path("assets/", surroundings.assets, name="assets"),
    path("assets.csv", surroundings.assets_csv, name="assets_csv"),
    path("evidence/<str:public_id>/", evidence.evidence, name="evidence"),
    path("catalog.jsonld", open_data_catalog.catalog_jsonld, name="catalog_jsonld"),
    path("catalog.ttl", open_data_catalog.catalog_ttl, name="catalog_ttl"),
    path("<slug:code>/", dashboard.dashboard, name="plan"),
    path("<slug:code>/measures.csv", downloads.plan_csv, name="plan_csv"),
    path("<slug:code>/data/", open_data.open_data, name="open_data"),
    path("<slug:code>/figures.csv", open_data.open_csv, name="open_csv"),
    path("<slug:code>/figures.csv-metadata.json", open_data.open_csvw, name="open_csvw"),
    path("<slug:code>/figures.xlsx", open_data.open_xlsx, name="open_xlsx"),
    path("<slug:code>/figures.json", open_data.open_json, name="open_json"),
    path("<slug:code>/fields/<slug:section>/", fields.field, name="field"),
    path("<slug:code>/viewpoints/<slug:viewpoint>/", fields.viewpoint, name="viewpoint"),
    path("<slug:code>/years/<int:year>/", years.year, name="year"),
    path("<slug:code>/<slug:number>/", measure.measure, name="measure"),
    path("<slug:code>/<slug:number>/live/", measure.live, name="live"),
    path("<slug:code>/<slug:number>/<int:order>/card/", card.card, name="card"),
    path("<slug:code>/<slug:number>/<int:order>.csv", figure_files.figures_csv, name="csv"),
    path("<slug:code>/<slug:number>/<int:order>.svg", figure_files.chart_svg, name="svg"),
]
