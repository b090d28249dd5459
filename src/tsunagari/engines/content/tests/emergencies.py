"""Announcements as a clerk writes them at night, for the tests of emergencies."""

from tsunagari.engines.content.rules.announcing import Announcement, By

TEXTS = {
    "ja": {
        "title": "日なた川の近くに避難指示が出ています",
        "text": "大雨で川の水があふれそうです。",
        "todo": "いますぐ、日なた小学校か高い所へ逃げてください。",
    },
    "en": {
        "title": "Evacuate now: areas near the Hinata River",
        "text": "The river may flood because of heavy rain.",
        "todo": "Go to Hinata Elementary School or to higher ground now.",
    },
    "easy": {
        "title": "川の近くの人は、逃げてください",
        "text": "雨で、川の水が多くなりました。",
        "todo": "いま、高いところへ逃げてください。",
    },
}

NOBODY = By()


def announcement(**other: object) -> Announcement:
    """In earnest, in three languages, with the home as always."""
    return Announcement(**{"texts": TEXTS, **other})  # type: ignore[arg-type]  # as the test says
