"""Addresses of the plan: /plan/, /plan/<code>/, /plan/<code>/<number>/."""

from django.urls import path

from tsunagari.engines.plan.views import dashboard, downloads, measure

app_name = "plan"
urlpatterns = [
    path("", dashboard.index, name="index"),
    path("<slug:code>/", dashboard.dashboard, name="plan"),
    path("<slug:code>/figures.csv", downloads.plan_csv, name="plan_csv"),
    path("<slug:code>/<slug:number>/", measure.measure, name="measure"),
    path("<slug:code>/<slug:number>/live/", measure.live, name="live"),
    path("<slug:code>/<slug:number>/<int:order>.csv", downloads.figures_csv, name="csv"),
    path("<slug:code>/<slug:number>/<int:order>.svg", downloads.chart_svg, name="svg"),
]
