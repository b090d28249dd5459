"""Reads what was typed into a field of a sheet, and says what is wrong with it."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tsunagari.engines.cycle.rules.fields import FUNDS, NAMED, Field
from tsunagari.kernel.i18n.widths import NumberRefused, narrow_signs, parse_number

LARGEST_YEN: Final = 10**13
LARGEST_STAFF: Final = Decimal(10_000)

Held = str | int | Decimal | None


class FieldRefused(ValueError):
    """What was typed cannot be taken; the text says why and what to do."""


def tidy(text: str, field: Field) -> str:
    """A text as it is kept: one kind of line end, nothing empty around it, one line where one is asked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if field.kind == "line":
        return " ".join(text.split())
    if field.kind == "lines":
        return "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return text


def value_of(text: str, field: Field) -> Held:
    """What a field keeps of a text. Raises FieldRefused."""
    text = tidy(text, field)
    if field.kind == "yen":
        return _yen(text)
    if field.kind == "staff":
        return _staff(text)
    if field.kind == "choice":
        return _choice(text, field)
    if len(text) > field.longest:
        sentence = _("%(longest)d文字までにしてください（いま%(now)d文字です）。")
        raise FieldRefused(sentence % {"longest": field.longest, "now": len(text)})
    return text


def text_of(value: Held) -> str:
    """A kept value as it travels: "" for none, decimals without padding."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _number(text: str, unit: str, refusal: str) -> Decimal | None:
    """A figure in one unit, written or not. Another one is refused: 120千円 and 120K are no 120 yen."""
    plain = narrow_signs(text).strip().removesuffix(unit)
    if any(letter.isalpha() or letter in "%‰" for letter in plain.replace("ー", "")):
        raise FieldRefused(refusal)
    try:
        return parse_number(plain)
    except NumberRefused as refused:
        raise FieldRefused(refusal) from refused


def _yen(text: str) -> int | None:
    refusal = _(
        "円を単位に、数字だけで入力してください（例：1,200,000）。千円や万円の額は、円に直して入力してください。"
    )
    figure = _number(text, "円", refusal)
    if figure is None:
        return None
    if figure != figure.to_integral_value() or figure < 0:
        raise FieldRefused(_("円を単位に、0以上の整数で入力してください（例：1,200,000）。"))
    if figure >= LARGEST_YEN:
        raise FieldRefused(_("金額が大きすぎます。円を単位に入力してください。"))
    return int(figure)


def _staff(text: str) -> Decimal | None:
    refusal = _("人工は、人数を数字だけで入力してください（例：0.5）。")
    figure = _number(text, "人", refusal)
    if figure is None:
        return None
    if figure < 0 or figure != round(figure, 2):
        raise FieldRefused(_("人工は0以上、小数第2位までで入力してください（例：0.5）。"))
    if figure >= LARGEST_STAFF:
        raise FieldRefused(_("人工が大きすぎます。人数で入力してください。"))
    return figure


def _choice(text: str, field: Field) -> str:
    if text and text not in (field.choices or {}):
        raise FieldRefused(_("選べるものの中から選んでください。"))
    return text


def lacking(values: dict[str, Held], part: str) -> list[tuple[str, str]]:
    """What keeps a part from being handed in: names of fields with a sentence for each."""
    found = [
        (each.name, _("提出するには、入力が必要です。"))
        for each in NAMED.of(part)
        if each.needed and values[each.name] in ("", None)
    ]
    if part == "check":
        found += _unbalanced(values)
    return found


def _unbalanced(values: dict[str, Held]) -> list[tuple[str, str]]:
    """The parts of the settled cost do not come to more than it (事務事業評価シート: Σ財源 = 事業費)."""
    funds = sum(int(values[name] or 0) for name in FUNDS)
    if not funds:
        return []
    if values["settled"] is None:
        return [("settled", _("財源の内訳があるときは、決算額も入力してください。"))]
    if funds > int(values["settled"] or 0):
        return [("settled", _("財源の内訳の合計が、決算額より大きくなっています。"))]
    return []
