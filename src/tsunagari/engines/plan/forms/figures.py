"""Forms of figures: one period's figure with its evidence, a target, and what is put back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.actions.attach_evidence import NewEvidence
from tsunagari.engines.plan.actions.set_goal import Goal
from tsunagari.engines.plan.queries.board import EvidenceLink
from tsunagari.engines.plan.rules.entry import TEXT
from tsunagari.engines.plan.rules.typed_figure import (
    Figure,
    FigureRefused,
    Period,
    Shape,
    check_period,
    figure_of,
    number_of,
)
from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day

TITLE: Final = 200
ADDRESS: Final = 500

_STATES: Final = (("final", _("確定")), ("provisional", _("暫定（あとで変わるかもしれない）")))


_TOO_LONG: Final = _("300文字までにしてください。")


def _line(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT,
        error_messages={"max_length": _TOO_LONG},
        **more,
    )


def _needed(label: Any, hint: Any, asked: Any) -> forms.CharField:
    """A text that must be given; `asked` is said where it is missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT,
        error_messages={"required": asked, "max_length": _TOO_LONG},
    )


def _number(label: Any, hint: Any) -> forms.CharField:
    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-width": "m"}
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs)
    )


class EvidenceFields(forms.Form):
    """Evidence behind a figure: a file, an address, or both. Empty fields mean that there is none."""

    evidence_file = forms.FileField(
        label=_("ファイル"),
        required=False,
        help_text=_("PDF、Excel、Word、CSV、テキスト、画像（PNG・JPEG）。15MBまで。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(files.ENDINGS)}),
        error_messages={"empty": _("ファイルが空です。中身のあるファイルを選んでください。")},
    )
    evidence_address = forms.CharField(
        label=_("公開されている資料のアドレス"),
        required=False,
        max_length=ADDRESS,
        help_text=_("https:// で始まるもの。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    evidence_title = forms.CharField(
        label=_("資料の題名"),
        required=False,
        max_length=TITLE,
        help_text=_(
            "例：令和7年度 窓口受付件数の集計。題名は、資料を公開しないときも公開ページに出ます。"
        ),
    )
    evidence_public = forms.ChoiceField(
        label=_("資料を見られる人"),
        required=False,
        choices=(
            ("", _("職員だけ")),
            ("public", _("だれでも（公開ページから開けるようにする）")),
        ),
        widget=forms.RadioSelect,
        help_text=_(
            "公開する前に、個人の名前や番号が入っていないか確かめてください。中身の自動検査はしていません。"
        ),
    )

    def clean_evidence_file(self) -> "UploadedFile[Any] | None":
        """A file of a kind that is kept."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("evidence_file") or None
        if upload is None:
            return None
        try:
            files.check(upload)
        except files.FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return upload

    def clean_evidence_address(self) -> str:
        """An https address, or nothing."""
        address: str = self.cleaned_data["evidence_address"].strip()
        if address:
            URLValidator(
                schemes=["https"],
                message=gettext("https:// で始まる正しいアドレスを入力してください。"),
            )(address)
        return address

    def clean(self) -> dict[str, Any]:
        """Evidence with a title; a title alone is no evidence."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        given = cleaned.get("evidence_file") or cleaned.get("evidence_address")
        title = cleaned.get("evidence_title", "").strip()
        if given and not title:
            self.add_error("evidence_title", gettext("資料の題名を入力してください。"))
        if title and not given:
            self.add_error("evidence_file", gettext("ファイルかアドレスを指定してください。"))
        return cleaned

    def evidence(self) -> NewEvidence | None:
        """What was given, None for nothing."""
        cleaned = self.cleaned_data
        upload, address = cleaned.get("evidence_file"), cleaned.get("evidence_address", "")
        if not upload and not address:
            return None
        return NewEvidence(
            title=cleaned["evidence_title"].strip(),
            upload=upload,
            address=address,
            public=cleaned.get("evidence_public") == "public",
        )


class EvidenceForm(EvidenceFields):
    """Evidence for a figure that stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_title"].required = True
        self.fields["evidence_title"].error_messages["required"] = gettext(
            "資料の題名を入力してください。"
        )

    def clean(self) -> dict[str, Any]:
        """Something must be given."""
        cleaned = super().clean()
        read = not self.errors.keys() & {"evidence_file", "evidence_address"}
        if read and not cleaned.get("evidence_file") and not cleaned.get("evidence_address"):
            self.add_error("evidence_file", gettext("ファイルかアドレスを指定してください。"))
        return cleaned


class FigureForm(EvidenceFields):
    """One period's figure. `seen` is the public id of the figure that stood when the form was shown."""

    value = _number(
        _("実績"),
        _("まだわからないときは空か「－」にします。0は「0だった」という意味です。"),
    )
    numerator = _number(_("分子"), _("まだわからないときは、分子も分母も空にします。"))
    denominator = _number(_("分母"), _("割合は、分子と分母から計算します。"))
    status = forms.ChoiceField(
        label=_("状態"),
        choices=_STATES,
        widget=forms.RadioSelect,
        error_messages={"required": _("状態を選んでください。")},
    )
    source = _needed(
        _("出どころ"),
        _("例：窓口受付簿の集計。公開ページに出ます。個人の名前は書かないでください。"),
        _("数値の出どころを入力してください。"),
    )
    reason = _line(
        _("替える理由"),
        _("例：集計のもれが見つかったため。公開ページに出ます。"),
        required=False,
    )
    carried = forms.MultipleChoiceField(
        label=_("引き継ぐ根拠資料"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        shape: Shape,
        period: Period,
        clock: Clock,
        evidence: Sequence[EvidenceLink] = (),
        replaces: bool = False,
        **kwargs: Any,
    ) -> None:
        """`evidence` stands behind the present figure; `replaces`: there is one, or a meter's."""
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.period = period
        self.clock = clock
        self.figure: Figure | None = None
        unused = ("value",) if shape.ratio else ("numerator", "denominator")
        for name in unused:
            del self.fields[name]
        if shape.unit and not shape.ratio:
            self.fields["value"].label = gettext("実績（%(unit)s）") % {"unit": shape.unit}
        self.fields["reason"].required = replaces
        self.fields["reason"].error_messages["required"] = gettext(
            "今ある数値を替える理由を入力してください。前の数値と理由は履歴に残ります。"
        )
        if not replaces:
            del self.fields["reason"]
            self._need_figure()
        if evidence:
            self.fields["carried"] = forms.MultipleChoiceField(
                label=_("引き継ぐ根拠資料"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(each.public_id, each.title) for each in evidence],
                initial=[each.public_id for each in evidence],
            )
        else:
            del self.fields["carried"]
        self.fields["source"].widget.attrs["autocomplete"] = "off"

    def _need_figure(self) -> None:
        """Where nothing stands there is nothing to withdraw: a figure must be given."""
        sentence = gettext(
            "数値を入力してください。わからないままにするときは、登録しなくてかまいません。"
        )
        self.fields["value" if "value" in self.fields else "numerator"].help_text = gettext(
            "0は「0だった」という意味です。"
        )
        for name in ("value", "numerator", "denominator"):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence

    def clean(self) -> dict[str, Any]:
        """The figure that was typed, and whether its period may have one."""
        cleaned = super().clean()
        try:
            self.figure = figure_of(
                value=self._text("value"),
                numerator=self._text("numerator"),
                denominator=self._text("denominator"),
                shape=self.shape,
            )
            check_period(
                self.period,
                status=cleaned.get("status", "final"),
                shape=self.shape,
                today=japan_day(self.clock()),
            )
        except FigureRefused as refused:
            self.refuse(refused)
        return cleaned

    def refuse(self, refused: FigureRefused) -> None:
        """Say a refusal beside its field."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))

    def is_confirmed(self) -> bool:
        """Whether this very figure was asked about and sent again."""
        figure = self.figure
        return bool(figure) and self.cleaned_data.get("confirmed") == str(figure and figure.value)

    def _text(self, name: str) -> str:
        text: str = self.cleaned_data.get(name, "") or ""
        return text


class GoalForm(forms.Form):
    """The target of one fiscal year."""

    basis = forms.ChoiceField(
        label=_("目標の決め方"),
        choices=(
            ("absolute", _("目標値そのもの")),
            ("points", _("基準からの増減（同じ単位で）")),
            ("percent", _("基準からの増減率（%）")),
        ),
        widget=forms.RadioSelect,
    )
    value = _number(
        _("目標値、または増減の大きさ"),
        _("減らす目標は -5 のように入力します。増減で決めるときの目標値は、基準から計算します。"),
    )
    numerator = _number(_("目標の分子"), _("割合の指標で、わかっているときだけ。"))
    denominator = _number(_("目標の分母"), _("割合の指標で、わかっているときだけ。"))
    reason = _needed(
        _("理由"),
        _("例：基本方針の改定（令和8年10月）による。公開ページに出ます。"),
        _("目標値を決めた理由、または替える理由を入力してください。"),
    )
    withdrawn = forms.BooleanField(
        label=_("この年度の目標を取り下げる"),
        required=False,
        help_text=_("取り下げた目標も履歴に残ります。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shape: Shape, year: int, standing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.year = year
        if not standing:
            del self.fields["withdrawn"]
            self.fields["value"].required = True
            self.fields["value"].error_messages["required"] = (
                gettext("目標値を入力してください。")
                if self.data.get("basis") == "absolute"
                else gettext("増やす（減らす）大きさを入力してください。")
            )
        if not shape.ratio:
            del self.fields["numerator"]
            del self.fields["denominator"]
        self.numbers: dict[str, Decimal | None] = {}

    def clean(self) -> dict[str, Any]:
        """The figures that were typed."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("value", "numerator", "denominator"):
            try:
                # A change may have one place more than the indicator: +5.5 points of whole per cents.
                places = 4 if cleaned.get("basis") != "absolute" else self.shape.digits
                self.numbers[name] = number_of(
                    cleaned.get(name) or "", name, digits=places if name == "value" else 4
                )
            except FigureRefused as refused:
                self.refuse(refused)
        return cleaned

    def refuse(self, refused: FigureRefused) -> None:
        """Say a refusal beside its field."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))

    def goal(self) -> Goal:
        """What was asked for."""
        cleaned = self.cleaned_data
        absolute = cleaned["basis"] == "absolute"
        value = self.numbers.get("value")
        return Goal(
            year=self.year,
            basis=cleaned["basis"],
            value=value if absolute else None,
            change=None if absolute else value,
            numerator=self.numbers.get("numerator"),
            denominator=self.numbers.get("denominator"),
            reason=cleaned["reason"],
            seen=cleaned["seen"],
            withdrawn=bool(cleaned.get("withdrawn")),
        )


class PutBackForm(forms.Form):
    """Why an earlier version is put back."""

    reason = _needed(
        _("戻す理由"),
        _("例：別の年度の数値を誤って入力したため。公開ページに出ます。"),
        _("戻す理由を入力してください。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why evidence is withdrawn."""

    reason = _needed(
        _("取り下げる理由"),
        _("例：別の資料を誤って登録したため。職員だけに見えます。"),
        _("取り下げる理由を入力してください。"),
    )
