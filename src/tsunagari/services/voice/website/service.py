"""The city's website: its pages, and how often they are read (P/2)."""

from tsunagari.engines.content.declare import Site
from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Counter, Events, PageViews
from tsunagari.kernel.service.declare import Service

service = Service(
    id="website",
    title=N_("ホームページ"),
    purpose=N_(
        "市の手続き、計画とその進み具合、くらしの情報を、だれにでも読める形でお知らせします。"
    ),
    division="hisho-koho",
    zone="internet",
    measures=("P/2", "3/7-1"),
    parts=(Site(),),
    meters=(
        Counter(
            id="website.page_views",
            title=N_("ホームページの閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "このサイトのページが人に表示された回数を、1回につき1件と数えます。検索ロボット、職員用の画面、ページの一部だけの更新は数えません。クッキーは使わず、閲覧した人のネットワークアドレスも残しません。"
            ),
            counts=PageViews(service=""),
            dimensions=("service", "page", "language"),
        ),
        Counter(
            id="website.views_by_division",
            title=N_("課ごとのページの閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "市のページの閲覧数を、そのページを担当する課ごとに数えます。計画や数値のページなど、課の決まっていないページは「（なし）」に入ります。"
            ),
            counts=PageViews(service=""),
            dimensions=("division",),
        ),
        Counter(
            id="website.page_reads",
            title=N_("ページごとの閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "市のページの閲覧数を、ページごとに1日の単位で数えます。どのページが読まれているかを知り、ページを直すために使います。"
            ),
            counts=PageViews(service=""),
            dimensions=("subject",),
            slices_from="day",
        ),
        Counter(
            id="website.answers",
            title=N_("「役に立ちましたか」の答え"),
            unit=P_("answers of readers", "件"),
            how=N_(
                "市のページで「役に立った」か「役に立たなかった」が押された回数です。だれが押したかは記録しません。"
            ),
            counts=Events(name="content.answered"),
            dimensions=("helped", "language"),
        ),
    ),
    face_to_face=N_("市役所の窓口"),
    address="/",
)
