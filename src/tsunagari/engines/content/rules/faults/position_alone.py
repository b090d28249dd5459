"""A thing is not named by its place on the screen alone."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, wherever
from tsunagari.kernel.i18n.texts import N_

_THING = "(?:図|表|写真|画像|地図|グラフ|イラスト|ボタン|欄|メニュー|リンク|バナー|アイコン|枠)"
_ALONE = re.compile(
    f"(?<![左上下])(?:右|左|右上|右下|左上|左下|真ん中|右側|左側)の{_THING}"
    r"|\b(?:button|link|menu|image|picture|map|table|box|figure)s?\s+(?:on|to)\s+the\s+(?:right|left)\b"
    r"|\b(?:right|left)-hand\s+(?:side|column|menu|button|link|image|picture|map|table|box|figure)\b",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Found]:
    """右の図, 左のメニュー; 下記 and 次の表 tell the order of reading and are in order."""
    return wherever(
        page,
        _ALONE,
        N_("画面の位置だけで示しています（%(text)s）。「次の図」や、図の題名で示してください。"),
    )


RULE = Rule(
    id="position_alone",
    title=N_("位置だけの説明"),
    level="advice",
    why=N_("電話の画面では、右にあるものが下に来ます。読み上げで聞く人には、左右がありません。"),
    source="JIS X 8341-3:2016 1.3.3 / WCAG 2.2 F14",
    find=find,
)
