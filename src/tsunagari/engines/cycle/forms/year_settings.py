"""The form of a year's days and assumptions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.actions.set_year import YearSettings
from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.year_sheets import step_heads
from tsunagari.engines.cycle.rules.typed import LARGEST_YEN
from tsunagari.kernel.design.forms import EraDateField
from tsunagari.kernel.i18n.said import said


class YearSettingsForm(forms.Form):
    """A day for each step, and what pages assume."""

    use_required_attribute = False

    minutes_an_item = forms.IntegerField(
        label=_("照会1項目あたりの時間（分）"),
        min_value=1,
        max_value=480,
        help_text=_(
            "年度末の照会を1項目、課と事務局で済ませるのにかかる時間の見積もりです。省けた時間の計算に使い、計算のしかたと一緒に表示します。"
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "m"}),
        error_messages={
            "required": _("時間を分で入力してください。"),
            "invalid": _("整数で入力してください（例：20）。"),
        },
    )
    staff_cost = forms.IntegerField(
        label=_("平均人件費（円）"),
        required=False,
        min_value=0,
        max_value=LARGEST_YEN,
        help_text=_("職員1人の1年分。人工（にんく）を費用に直すときに使います。空なら直しません。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "m"}),
        error_messages={"invalid": _("円を単位に、整数で入力してください（例：8000000）。")},
    )

    def __init__(self, cycle: Cycle, data: Any = None) -> None:
        heads = step_heads(cycle)
        initial: dict[str, Any] = {each.step: each.day for each in heads}
        initial |= {"minutes_an_item": cycle.minutes_an_item, "staff_cost": cycle.staff_cost}
        super().__init__(data, initial=initial)
        days = {step: EraDateField(label=said(title)) for step, title in STEPS.items()}
        self.fields = {**days, **self.fields}

    def wanted(self) -> YearSettings:
        """What a valid form asks for."""
        held = self.cleaned_data
        return YearSettings(
            days={step: held[step] for step in STEPS},
            minutes_an_item=held["minutes_an_item"],
            staff_cost=held["staff_cost"],
        )
