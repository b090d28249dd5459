"""Addresses of the plan: /plan/, /plan/<code>/, /plan/<code>/<number>/."""

from django.urls import path

from tsunagari.engines.plan.views import dashboard, downloads, measure
from tsunagari.kernel.i18n.texts import N_

app_name = "plan"
PAGES = {
    "index": N_("計画の一覧"),
    "plan": N_("取組の一覧と進み具合"),
    "measure": N_("取組ごとのページ"),
}
urlpatterns = [
    path("", dashboard.index, name="index"),
    path("<slug:code>/", dashboard.dashboard, name="plan"),
    path("<slug:code>/figures.csv", downloads.plan_csv, name="plan_csv"),
    path("<slug:code>/<slug:number>/", measure.measure, name="measure"),
    path("<slug:code>/<slug:number>/live/", measure.live, name="live"),
    path("<slug:code>/<slug:number>/<int:order>.csv", downloads.figures_csv, name="csv"),
    path("<slug:code>/<slug:number>/<int:order>.svg", downloads.chart_svg, name="svg"),
]
