"""A thing is not named by its colour alone."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, wherever
from tsunagari.kernel.i18n.texts import N_

_COLOUR = "(?:赤|青|緑|黄|白|黒|紫|橙|灰|茶|ピンク|オレンジ|グレー)"
_ALONE = re.compile(
    f"{_COLOUR}(?:い|色い)?(?:文字|字|太字)(?:の(?:部分|箇所|ところ|所|項目|欄|もの|日|行)|は|が|で(?:示|表|書|記|囲|表示))"
    f"|{_COLOUR}(?:い|色|色い|色の)?(?:色)?(?:の)?(?:部分|箇所|ところ|項目|欄|枠内|セル|マーカー|網掛け|ボタン)(?!収集|回収)"
    r"|\b(?:the|in|shown in|marked in|those in)\s+(?:red|green|blue|yellow|orange|grey|gray|purple)(?:\s+(?:ones?|text|items?|letters?|cells?|rows?|button|link|area|part|field)s?)\b"
    r"|\b(?:shown|marked|highlighted|written|printed)\s+in\s+(?:red|green|blue|yellow|orange|grey|gray|purple)\b",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Found]:
    """赤字の部分, 青い欄, the red ones; a red card or 赤字決算 is no pointing."""
    return wherever(
        page,
        _ALONE,
        N_(
            "色だけで示しています（%(text)s）。色が見えなくても分かるように、名前や記号でも書いてください。"
        ),
    )


RULE = Rule(
    id="colour_alone",
    title=N_("色だけの説明"),
    level="AA",
    why=N_(
        "色を見分けにくい人、白黒で印刷した人、読み上げで聞く人には、どこのことか分かりません。"
    ),
    source="JIS X 8341-3:2016 1.3.3, 1.4.1 / WCAG 2.2 F13, F81",
    find=find,
)
