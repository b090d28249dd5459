"""The city's website: its pages, and how often they are read (P/2)."""

from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Counter, PageViews
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
    ),
    face_to_face=N_("市役所の窓口"),
    address="/",
)
