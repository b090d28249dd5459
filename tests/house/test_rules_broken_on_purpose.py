"""Each rule of the house, broken once in a small tree, says who broke it and what to do."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.rules import RULES, Rule, cities, doors, flow, modules, pages, texts

SENTENCE = '"""A sentence."""\n\n'
ACTION = "engines/booking/actions/reserve.py"
PAGE = "engines/booking/templates/booking/day.html"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A file that breaks a rule, and what the sentence must say: the culprit and the mend."""

    rule: Rule
    file: str
    text: str
    culprit: str
    mend: str


FAULTS = (
    Fault(
        rule=cities.the_code_names_no_city,
        file="engines/booking/forms.py",
        text='HINT = "例：西東京 花子"\n',
        culprit="engines/booking/forms.py:3: names the city '西東京'",
        mend="put what is this city's own into cities/<city>/",
    ),
    Fault(
        rule=cities.the_code_names_no_city,
        file=PAGE,
        text="<p>nishitokyo</p>\n",
        culprit="day.html:1: names the city 'nishitokyo'",
        mend="write what holds for any city",
    ),
    Fault(
        rule=doors.strings_name_only_ones_own_models_or_the_kernels,
        file="engines/booking/models.py",
        text='plan = models.ForeignKey("plan.Measure", on_delete=models.PROTECT)\n',
        culprit="engines/booking/models.py:3: ForeignKey names 'plan'",
        mend="keep the other's public id",
    ),
    Fault(
        rule=doors.strings_name_only_ones_own_models_or_the_kernels,
        file="engines/booking/queries.py",
        text='Measure = apps.get_model("plan", "Measure")\n',
        culprit="engines/booking/queries.py:3: get_model names 'plan'",
        mend="`plan` api",
    ),
    Fault(
        rule=doors.wagtail_stands_in_consoles_only,
        file="engines/booking/views.py",
        text="from wagtail.models import Page\n",
        culprit="engines/booking/views.py:3: imports wagtail.models",
        mend="console.py only",
    ),
    Fault(
        rule=flow.the_clock_is_passed_in,
        file="engines/booking/views.py",
        text="from django.utils import timezone\n\nnow = timezone.now()\n",
        culprit="engines/booking/views.py:5: reads the time with timezone.now()",
        mend="take `clock: Clock`",
    ),
    Fault(
        rule=flow.the_clock_is_passed_in,
        file=ACTION,
        text="from tsunagari.kernel.i18n.clock import system_clock\n\nnow = system_clock()\n",
        culprit=f"{ACTION}:5: the domain asks system_clock",
        mend="take `clock: Clock`",
    ),
    Fault(
        rule=flow.the_ledger_is_written_in_actions_only,
        file="engines/booking/views.py",
        text="from tsunagari.kernel.ledger.api import record\n",
        culprit="engines/booking/views.py:3: records an event outside actions/",
        mend="engines/booking/actions/",
    ),
    Fault(
        rule=flow.the_ledger_is_written_in_actions_only,
        file="engines/booking/views.py",
        text="from tsunagari.kernel.ledger import api as ledger\n\nledger.record(1)\n",
        culprit="engines/booking/views.py:5: records an event outside actions/",
        mend="engines/booking/actions/",
    ),
    Fault(
        rule=flow.an_action_starts_no_task,
        file=ACTION,
        text="from tsunagari.engines.booking import tasks\n",
        culprit=f"{ACTION}:3: an action imports",
        mend="declare a Listener",
    ),
    Fault(
        rule=flow.there_are_no_signals_of_our_own,
        file="engines/booking/declare.py",
        text="from django.dispatch import Signal\n\nbooked = Signal()\n",
        culprit="engines/booking/declare.py:5: makes a signal",
        mend="declare an Event",
    ),
    Fault(
        rule=flow.there_are_no_signals_of_our_own,
        file="engines/booking/views.py",
        text="from django.db.models.signals import post_save\n",
        culprit="engines/booking/views.py:3: listens to django.db.models.signals",
        mend="<library>_signals.py",
    ),
    Fault(
        rule=modules.every_folder_of_modules_is_a_package,
        file="engines/booking/rules/prices.py",
        text="",
        culprit="engines/booking/rules: has modules but no __init__.py",
        mend="add one",
    ),
    Fault(
        rule=modules.every_module_opens_with_a_sentence,
        file="engines/booking/tests/__init__.py",
        text="",
        culprit="engines/booking/tests/__init__.py: does not open with a sentence",
        mend="write a docstring",
    ),
    Fault(
        rule=modules.functions_fit_on_a_screen,
        file="engines/booking/queries.py",
        text="def all_of_it() -> None:\n" + "    pass\n" * 60,
        culprit="engines/booking/queries.py:3: all_of_it has 61 lines",
        mend="take out the parts",
    ),
    Fault(
        rule=modules.modules_are_named_after_what_they_hold,
        file="engines/booking/utils.py",
        text="",
        culprit="engines/booking/utils.py: 'utils'",
        mend="name it after what it holds",
    ),
    Fault(
        rule=modules.modules_are_named_after_what_they_hold,
        file="engines/booking/slot_common.py",
        text="",
        culprit="engines/booking/slot_common.py: 'slot_common'",
        mend="name it after what it holds",
    ),
    Fault(
        rule=modules.folders_bear_words_and_no_plan_numbers,
        file="services/schools/p25/service.py",
        text="",
        culprit="services/schools/p25: bears a number of the plan",
        mend="name the folder with a word of the city",
    ),
    Fault(
        rule=pages.templates_draw_on_their_own_folder_and_design,
        file=PAGE,
        text='<p>\n{% include "plan/indicator.html" %}',
        culprit=f"{PAGE}:2: include of 'plan/indicator.html'",
        mend="use a component of kernel/design",
    ),
    Fault(
        rule=pages.components_stand_in_design_only,
        file="engines/booking/templates/cotton/slot.html",
        text="<p></p>",
        culprit="engines/booking/templates/cotton/slot.html: a component outside",
        mend="move it there",
    ),
    Fault(
        rule=pages.nothing_is_written_inline,
        file=PAGE,
        text='<p style="color: red">',
        culprit=f"{PAGE}:1: a style attribute",
        mend="give it a class",
    ),
    Fault(
        rule=pages.nothing_is_written_inline,
        file=PAGE,
        text='<button onclick="send()">',
        culprit=f"{PAGE}:1: an event handler in an attribute",
        mend="listen from a module under static/",
    ),
    Fault(
        rule=pages.nothing_is_written_inline,
        file=PAGE,
        text="<p>\n<script>send()</script>",
        culprit=f"{PAGE}:2: an inline script",
        mend="load it with src",
    ),
    Fault(
        rule=pages.nothing_comes_from_another_host,
        file=PAGE,
        text='<img src="https://tiles.example.com/1.png">',
        culprit=f"{PAGE}:1: names the host https://tiles.example.com",
        mend="serve it from a package",
    ),
    Fault(
        rule=pages.nothing_comes_from_another_host,
        file="engines/booking/static/booking/day.css",
        text="@import url(//fonts.example.com/a.css);",
        culprit="day.css:1: names the host //fonts.example.com",
        mend="serve it from a package",
    ),
    Fault(
        rule=texts.every_text_has_its_english,
        file=PAGE,
        text='{% translate "予約する" %}',
        culprit="engines/booking/locale/en/LC_MESSAGES/django.po: “予約する” (templates/booking/day.html) is missing",
        mend="run `tsunagari texts`",
    ),
    Fault(
        rule=texts.every_text_has_its_english,
        file="engines/booking/forms.py",
        text='label = gettext_lazy("日付")\n',
        culprit="“日付” (forms.py) is missing",
        mend="write its English",
    ),
    Fault(
        rule=texts.every_text_has_its_english,
        file="engines/booking/locale/en/LC_MESSAGES/django.po",
        text='msgid "取り消す"\nmsgstr "Cancel"\n',
        culprit="“取り消す” no longer stands in the sources",
        mend="run `tsunagari texts`",
    ),
    Fault(
        rule=texts.japanese_on_a_page_is_marked,
        file=PAGE,
        text="<p>\n予約する</p>",
        culprit=f"{PAGE}:2: “予約する” is not marked",
        mend="{% translate",
    ),
    Fault(
        rule=texts.every_setting_is_documented,
        file="city/environment.py",
        text='Variable(name="SECRET_DOOR", default="", meaning="")\n',
        culprit="does not name TSUNAGARI_SECRET_DOOR",
        mend="run bin/docs",
    ),
    Fault(
        rule=texts.generated_pages_are_fresh,
        file="city/environment.py",
        text='Variable(name="SECRET_DOOR", default="", meaning="")\n',
        culprit="docs/guide/settings.md: is older than the code",
        mend="run bin/docs",
    ),
)


def _plant(root: Path, fault: Fault) -> None:
    package = root / "src" / "tsunagari"
    file = package / fault.file
    file.parent.mkdir(parents=True)
    sentence = (
        "" if not fault.text and "__init__" in fault.file and "tests" in fault.file else SENTENCE
    )
    file.write_text((sentence if file.suffix == ".py" else "") + fault.text, encoding="utf-8")
    inside = [file.parent, *file.parent.parents]
    for folder in inside[: inside.index(package) + 1]:
        init = folder / "__init__.py"
        if not init.exists() and not (
            fault.rule is modules.every_folder_of_modules_is_a_package and folder == file.parent
        ):
            init.write_text(SENTENCE, encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule.__name__}-{fault.file}")
def test_a_broken_rule_names_the_culprit_and_the_mend(fault: Fault, tmp_path: Path) -> None:
    _plant(tmp_path, fault)
    said = list(fault.rule(tmp_path))
    assert any(fault.culprit in sentence and fault.mend in sentence for sentence in said), said


def test_every_rule_was_broken_on_purpose() -> None:
    assert {rule.__name__ for rule in RULES} == {fault.rule.__name__ for fault in FAULTS}


def test_a_translation_that_loses_a_value_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "src/tsunagari/engines/booking"
    (folder / "locale/en/LC_MESSAGES").mkdir(parents=True)
    (folder / "__init__.py").write_text(SENTENCE, encoding="utf-8")
    (folder / "views.py").write_text('gettext("%(places)s名まで")', encoding="utf-8")
    (folder / "locale/en/LC_MESSAGES/django.po").write_text(
        'msgid "%(places)s名まで"\nmsgstr "Up to a few"\n', encoding="utf-8"
    )
    assert "loses places in its English" in "".join(texts.every_text_has_its_english(tmp_path))


def test_a_text_with_two_meanings_asks_for_a_context(tmp_path: Path) -> None:
    for room, english in (("booking", "Target"), ("notify", "Goal")):
        folder = tmp_path / "src/tsunagari/engines" / room
        (folder / "locale/en/LC_MESSAGES").mkdir(parents=True)
        (folder / "__init__.py").write_text(SENTENCE, encoding="utf-8")
        (folder / "views.py").write_text('gettext("目標")', encoding="utf-8")
        (folder / "locale/en/LC_MESSAGES/django.po").write_text(
            f'msgid "目標"\nmsgstr "{english}"\n', encoding="utf-8"
        )
    said = "".join(texts.every_text_has_its_english(tmp_path))
    assert "“目標” is written in two ways: “Target” in engines/booking" in said
    assert "pgettext" in said
