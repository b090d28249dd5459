"""What can be chosen: subjects, ages, ties to the city, kinds of answer; with the words of a screen."""

from typing import Final

from tsunagari.kernel.i18n.texts import N_

LONGEST: Final = 2_000
"""Letters of a letter."""

LONGEST_OPINION: Final = 5_000
"""Letters of an opinion on a draft."""

LONGEST_TEXT: Final = 20_000
"""Letters of what the city writes."""

CATEGORIES: Final[dict[str, str]] = {
    "living": N_("くらし・手続き"),
    "children": N_("子ども・教育"),
    "welfare": N_("健康・福祉"),
    "town": N_("道路・公園・まちづくり"),
    "environment": N_("ごみ・環境"),
    "safety": N_("防災・防犯"),
    "culture": N_("文化・スポーツ・図書館"),
    "city": N_("市政・その他"),
}

AGES: Final[dict[str, str]] = {
    "10": N_("19歳以下"),
    "20": N_("20代"),
    "30": N_("30代"),
    "40": N_("40代"),
    "50": N_("50代"),
    "60": N_("60代"),
    "70": N_("70歳以上"),
}

TIES: Final[dict[str, str]] = {
    "lives": N_("市内に住んでいる"),
    "works": N_("市内で働いている"),
    "studies": N_("市内の学校に通っている"),
    "business": N_("市内に事業所がある"),
    "other": N_("その他"),
}

ANSWERS: Final[dict[str, str]] = {
    "adopted": N_("案に反映します"),
    "included": N_("案に趣旨が含まれています"),
    "considered": N_("今後の参考にします"),
    "not_adopted": N_("案に反映しません"),
    "other": N_("その他"),
}
"""How the city answers a group of opinions."""
