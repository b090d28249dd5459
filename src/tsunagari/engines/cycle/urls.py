"""Addresses of what is published of closed years: /reports/, /reports/<plan>/<year>/, …/<number>/."""

from django.urls import path

from tsunagari.engines.cycle.views import comparison, downloads, measure_year, reports, year_report
from tsunagari.kernel.i18n.texts import N_

app_name = "cycle"
ADDRESS = "reports/"
TITLE = N_("年次報告")
PAGES = {
    "reports": N_("年次報告の一覧"),
    "plan": N_("計画ごとの年次報告"),
    "report": N_("年次報告"),
    "measure": N_("取組の1年"),
    "compare": N_("年度の比較"),
}
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("<slug:plan>/", reports.plan_reports, name="plan"),
    path("<slug:plan>/compare/", comparison.compare, name="compare"),
    path("<slug:plan>/<int:year>/", year_report.year_report, name="report"),
    path("<slug:plan>/<int:year>/v<int:version>/<str:kind>", downloads.download, name="download"),
    path("<slug:plan>/<int:year>/<slug:number>/", measure_year.measure_year, name="measure"),
]
