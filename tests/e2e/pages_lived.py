"""Pages of the trial's clerks as far as they are written, asked about and looked after for the pictures of the handbook:
run inside the installation.

    site.run("shell", "-c", "…; from tests.e2e.pages_lived import lived; lived()")

What the pages say is made up.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from wagtail.models import Page

from tsunagari.engines.content.actions.add_address import Leading, add_address
from tsunagari.engines.content.actions.ask_question import ask_question
from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.check_all import check_all
from tsunagari.engines.content.actions.publish_in_emergency import publish_in_emergency
from tsunagari.engines.content.models import (
    ArticlePage,
    CheckedLink,
    LaterCheck,
    NewsPage,
    Published,
    Round,
    TopicPage,
)
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.identity.models import Account

DIVISION: Final = "shimin"
OFFICE: Final = "hisho-koho"
DEAD: Final = "https://www.example.org/kaigo/yoshiki.pdf"
QUESTIONS: Final = (
    "引っ越したとき、犬の登録はどこで変えられますか",
    "市役所の駐車場は何時から使えますか",
    "使い終わった実印は返さないといけませんか",
)
PAGES: Final = (
    ("窓口の混みぐあい", "konzatsu", "<p>窓口は、12/28～1/4は休みます。ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞの受け取りは予約してください。</p>"),
    ("本人確認の書類", "honnin-kakunin", "<p>子供の資格確認書と母子手帳をお持ちください。手数料は３００円です。</p>"),
    ("証明書の郵送", "yubin", f'<p>様式は<a href="{DEAD}">申請書の様式</a>から取れます。ｺﾋﾟｰした本人確認書類を入れてください。</p>'),
)  # fmt: skip


__all__ = ["ArticlePage", "LaterCheck", "lived", "topic"]
"""What the pictures ask for by name."""


def clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


def clerk(login: str = "shimin") -> Any:
    """A clerk of the trial."""
    return Account.objects.get(login_name=login)


def topic() -> Any:
    """Where the pages stand: the topic of moving house."""
    return TopicPage.objects.get(slug="moving", locale__language_code="ja")


def _text(html: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": html}]


def _written(kind: type[Any], parent: Any, html: str, **said: Any) -> Any:
    parent.refresh_from_db()
    page = kind(live=False, locale=parent.locale, division=DIVISION, owner=clerk(), **said)
    page.summary = "いつ、どこで、何を持って行けばよいかをまとめました。"
    page.body = kind.body.field.to_python(_text(html))
    parent.add_child(instance=page)
    page.save_revision(user=clerk())
    return page


def lived() -> None:
    """Pages with faults, one that waits for approval, one published in an emergency, questions, old addresses."""
    place = topic()
    rotten = [_written(ArticlePage, place, html, title=title, slug=slug) for title, slug, html in PAGES]  # fmt: skip
    for page in rotten:
        page.get_latest_revision().publish()
    Published.objects.filter(page_id=rotten[0].pk).update(changed_at=clock() - timedelta(days=420))
    waiting = _written(ArticlePage, place, "<p>転出届は、郵便でも出せます。</p>", title="転出届を郵便で出す", slug="tenshutsu-yubin")  # fmt: skip
    waiting.get_workflow().start(waiting, clerk())
    news = Page.objects.get(slug="news", depth=3, locale__language_code="ja").specific
    urgent = _written(NewsPage, news, "<p>水道管の工事のため、市民課の窓口は午後1時に開きます。</p>", title="窓口を開く時刻が変わります", slug="suido", day=clock().date())  # fmt: skip
    hand = Hand(actor=clerk().public_id, division=DIVISION, head=False, office=False)
    publish_in_emergency(urgent.pk, account=clerk(), reason="今日の窓口に来る人に、早く知らせるため。", hand=hand, clock=clock)  # fmt: skip
    for each in QUESTIONS:
        ask_question(each, language="ja", clock=clock)
    office = Hand(actor=clerk("koho").public_id, division=OFFICE, head=False, office=True)
    to = Published.objects.get(page_id=place.pk).path
    add_address(Leading(old="/soshiki/12/345.html", to=f"/{to}"), hand=office, clock=clock)
    looked_over()


def looked_over() -> None:
    """Every page is checked, and an outward link did not open on two days."""
    CheckedLink.objects.update_or_create(
        address=DEAD,
        defaults={"status": 404, "failures": CheckedLink.DEAD_AFTER, "asked_at": clock(), "failed_since": clock() - timedelta(days=3)},
    )  # fmt: skip
    check_all(ask_round(Round.Kinds.CHECK, hand=None, clock=clock), clock=clock)
