"""Childcare in plain words: pages and questions by the age of the child, and whether they helped (3/S8)."""

from tsunagari.engines.content.declare import Section
from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Counter, Events, PageViews, Ratio
from tsunagari.kernel.service.declare import Service

ASKED = ("service", "childcare_info")

service = Service(
    id="childcare_info",
    title=N_("子育ての質問と答え"),
    purpose=N_(
        "子どもの年齢やふだんの言葉から、子育ての手続きと、よくある質問の答えを見つけられます。"
    ),
    division="kosodate-shien",
    zone="internet",
    measures=("3/S8",),
    parts=(
        Section(
            paths=("children/",),
            life_events=("pregnancy-birth", "child-rearing", "school-entry"),
        ),
    ),
    meters=(
        Counter(
            id="childcare_info.pages_read",
            title=N_("子育ての案内の閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "子育てのページと、子育てのよくある質問が人に表示された回数です。検索ロボットは数えません。"
            ),
            counts=PageViews(service="childcare_info"),
            dimensions=("page", "language"),
        ),
        Counter(
            id="childcare_info.answers",
            title=N_("子育ての案内への「役に立ちましたか」の答え"),
            unit=P_("answers of readers", "件"),
            how=N_(
                "子育てのページとよくある質問で、「役に立った」か「役に立たなかった」が押された回数です。だれが押したかは記録しません。"
            ),
            counts=Events(name="content.answered", where=(ASKED,)),
            dimensions=("language",),
        ),
        Counter(
            id="childcare_info.answers_that_helped",
            title=N_("子育ての案内が役に立った数"),
            unit=P_("answers of readers", "件"),
            how=N_("子育てのページとよくある質問で、「役に立った」が押された回数です。"),
            counts=Events(name="content.answered", where=(ASKED, ("helped", "yes"))),
            dimensions=("language",),
        ),
        Ratio(
            id="childcare_info.helpful",
            title=N_("子育ての案内が役に立った割合"),
            unit=P_("share of all, which is 1", "（全部で1）"),
            how=N_("「役に立ちましたか」の答えのうち、「役に立った」の割合です。"),
            numerator="childcare_info.answers_that_helped",
            denominator="childcare_info.answers",
        ),
    ),
    face_to_face=N_("子育て支援課の窓口"),
    address="/children/",
)
