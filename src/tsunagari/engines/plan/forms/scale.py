"""How a plan grades: a preset or the city's own grades, refused in words where it does not hold together."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.forms.desk import ReasonForm
from tsunagari.engines.plan.forms.sheet import Typed
from tsunagari.engines.plan.queries.marks import mark
from tsunagari.engines.plan.rules.grades import as_kept, faults_of, from_kept
from tsunagari.engines.plan.rules.pack import PackGrade, PackScale, Text
from tsunagari.engines.plan.rules.progress import STATUSES
from tsunagari.engines.plan.rules.text_faults import tidy

ROWS = 10
PRESETS = [
    ("words", _("言葉のみ（達成・順調・やや遅れ・遅れ）")),
    ("abcd", _("A・B・C・D")),
    ("fsabc", _("F・S・A・B・C・X・Y・Z")),
    ("own", _("市で決めた記号（下の表に入力）")),
]
BEST = [("first", _("上の行がよい（A が最もよい）")), ("last", _("下の行がよい（5 が最もよい）"))]


class ScaleForm(ReasonForm):
    """Preset, thresholds, direction, and ten rows for grades of the city's own."""

    use_required_attribute = False
    preset = forms.ChoiceField(label=_("記号"), choices=PRESETS, widget=forms.RadioSelect)
    on_track = forms.CharField(
        label=_("「順調」の下限"),
        help_text=_("目標への進み方が、本来の進み方のどれだけ以上なら順調か。例：0.95"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "8"}),
        error_messages={"required": _("「順調」の下限を入力してください（例：0.95）。")},
    )
    slightly_behind = forms.CharField(
        label=_("「やや遅れ」の下限"),
        help_text=_("これより下は「遅れ」です。例：0.60"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "8"}),
        error_messages={"required": _("「やや遅れ」の下限を入力してください（例：0.60）。")},
    )
    best = forms.ChoiceField(label=_("よい方"), choices=BEST, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, kept: Mapping[str, Any]) -> None:
        scale = from_kept(kept)
        initial: dict[str, Any] = {
            "preset": scale.preset,
            "on_track": f"{scale.on_track}",
            "slightly_behind": f"{scale.slightly_behind}",
            "best": scale.best,
        }
        for row, grade in enumerate(scale.grades[:ROWS]):
            words = grade.title.by_language
            initial |= {
                f"code_{row}": grade.code,
                f"ja_{row}": words["ja"],
                f"en_{row}": words.get("en", ""),
                f"statuses_{row}": list(grade.statuses),
            }
        super().__init__(data, initial=initial)
        offered = [(status, mark(status).title) for status in STATUSES]
        for row in range(ROWS):
            said = {"row": row + 1}
            self.fields[f"code_{row}"] = Typed(
                label=gettext("%(row)d行目の記号") % said, required=False, widget=forms.TextInput
            )
            self.fields[f"ja_{row}"] = Typed(
                label=gettext("%(row)d行目の言葉") % said, required=False, widget=forms.TextInput
            )
            self.fields[f"en_{row}"] = Typed(
                label=gettext("%(row)d行目の言葉（英語）") % said,
                required=False,
                widget=forms.TextInput(attrs={"lang": "en"}),
            )
            self.fields[f"statuses_{row}"] = Typed(
                label=gettext("%(row)d行目の記号が表す進み具合") % said,
                required=False,
                widget=forms.CheckboxSelectMultiple(choices=offered),
            )

    def grade_rows(self) -> list[list[Any]]:
        """The fields of each grade, row by row."""
        return [
            [self[f"{name}_{row}"] for name in ("code", "ja", "en", "statuses")]
            for row in range(ROWS)
        ]

    def clean_on_track(self) -> Decimal:
        """A share."""
        return _share(self.cleaned_data["on_track"])

    def clean_slightly_behind(self) -> Decimal:
        """A share."""
        return _share(self.cleaned_data["slightly_behind"])

    def clean(self) -> dict[str, Any]:
        """The whole scale must hold together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        for field, sentence in self._faults(cleaned):
            self.add_error(field, sentence)
        return cleaned

    def _faults(self, cleaned: Mapping[str, Any]) -> list[tuple[str | None, str]]:
        if not 0 < cleaned["slightly_behind"] < cleaned["on_track"] <= 1:
            return [
                (
                    "slightly_behind",
                    gettext(
                        "下限は、0より大きく1以下で、「やや遅れ」を「順調」より小さくしてください（例：0.60 と 0.95）。"
                    ),
                )
            ]
        if cleaned["preset"] != "own":
            return []
        wrong = self._row_faults()
        if wrong:
            return wrong
        if any(True for _fault in faults_of(self._scale(cleaned))):
            return [(None, self._in_words(cleaned))]
        return []

    def _row_faults(self) -> list[tuple[str | None, str]]:
        faults: list[tuple[str | None, str]] = []
        for row, (code, ja, _en, _statuses) in enumerate(self._typed()):
            if bool(code) != bool(ja):
                faults.append((f"code_{row}", gettext("記号と言葉の両方を入力してください。")))
            elif len(code) > 4 or not code.isprintable():
                faults.append((f"code_{row}", gettext("記号は4文字までにしてください。")))
            elif len(ja) > 40 or not ja.isprintable():
                faults.append((f"ja_{row}", gettext("言葉は40文字までにしてください。")))
        return faults

    def _in_words(self, cleaned: Mapping[str, Any]) -> str:
        """What rules/grades.py finds, for people."""
        grades = self._scale(cleaned).grades
        codes = [grade.code for grade in grades]
        used = [status for grade in grades for status in grade.statuses]
        if not grades:
            return gettext("市で決めた記号を使うときは、下の表に記号と言葉を入力してください。")
        if len(set(codes)) < len(codes):
            return gettext("同じ記号が2つあります。記号を一つずつ変えてください。")
        twice = [status for status in STATUSES if used.count(status) > 1]
        if twice:
            return gettext(
                "「%(status)s」に2つの記号が付いています。どちらか一つにしてください。"
            ) % {"status": mark(twice[0]).title}
        missing = [mark(status).title for status in STATUSES[:5] if status not in used]
        return gettext(
            "どの記号にも入っていない進み具合があります：%(statuses)s。どれかの記号に入れてください。"
        ) % {"statuses": "、".join(missing)}

    def _typed(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        return [
            (
                tidy(str(self[f"code_{row}"].data or ""), "line"),
                tidy(str(self[f"ja_{row}"].data or ""), "line"),
                tidy(str(self[f"en_{row}"].data or ""), "line")[:40],
                tuple(s for s in self[f"statuses_{row}"].data or [] if s in STATUSES),
            )
            for row in range(ROWS)
        ]

    def _scale(self, cleaned: Mapping[str, Any]) -> PackScale:
        own = cleaned["preset"] == "own"
        grades = tuple(
            PackGrade(code=code, title=Text(ja=ja, others=(("en", en),) if en else ()), statuses=st)
            for code, ja, en, st in (self._typed() if own else [])
            if code
        )
        return PackScale(
            preset=cleaned["preset"],
            on_track=cleaned["on_track"],
            slightly_behind=cleaned["slightly_behind"],
            best=cleaned["best"],
            grades=grades,
        )

    def kept_scale(self) -> dict[str, Any]:
        """The scale as the plan's row keeps it."""
        return as_kept(self._scale(self.cleaned_data))


def _share(text: str) -> Decimal:
    try:
        value = Decimal(tidy(text, "figure"))
    except InvalidOperation as wrong:
        raise forms.ValidationError(
            gettext("0から1までの小数で入力してください（例：0.95）。")
        ) from wrong
    if not value.is_finite():
        raise forms.ValidationError(gettext("0から1までの小数で入力してください（例：0.95）。"))
    return value
