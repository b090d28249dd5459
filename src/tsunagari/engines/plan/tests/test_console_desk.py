"""The secretariat edits what the plan says; the public page changes, and the history tells."""

import json
import re

import pytest
from django.test import Client

from tsunagari.engines.plan.models import Edit, Indicator, Measure, Plan
from tsunagari.engines.plan.tests.conftest import CODE, load_all

MEASURE = f"/console/plan/{CODE}/measures/2/"


def typed(page: str) -> dict[str, object]:
    """What the form on a screen holds, as the browser would send it."""
    held: dict[str, object] = {}
    form = page[page.index('<form method="post" action="/console/plan/') :]
    form = form[: form.index("</form>")]
    import html

    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" not in attrs:
            continue
        name, value = html.unescape(attrs["name"]), html.unescape(attrs.get("value", ""))
        if attrs.get("type") in ("checkbox", "radio"):
            if re.search(r"\bchecked\b", tag):
                held.setdefault(name, [])
                held[name].append(value or "on")  # type: ignore[attr-defined]
        else:
            held[name] = value
    for name, body in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        held[html.unescape(name)] = html.unescape(body).removeprefix("\n")
    for name, body in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        held[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return held


@pytest.mark.django_db
def test_it(secretariat_client: Client, policy: None) -> None:
    for url in ("/console/plan/", f"/console/plan/{CODE}/", MEASURE, f"/console/plan/{CODE}/settings/", f"/console/plan/{CODE}/scale/", "/console/plan/around/", f"/console/plan/{CODE}/texts/", f"/console/plan/{CODE}/texts.xlsx", f"/console/plan/{CODE}/add/measure/", f"{MEASURE}add/stage/", f"{MEASURE}add/indicator/", f"{MEASURE}add/lineage/","/console/plan/add/plan/","/console/plan/add/driver/"):
        answer = secretariat_client.get(url)
        assert answer.status_code == 200, url
    page = secretariat_client.get(MEASURE).content.decode()
    held = typed(page)
    same = secretariat_client.post(MEASURE, held)
    assert same.status_code == 302
    assert Edit.objects.count() == 0, list(Edit.objects.values())
