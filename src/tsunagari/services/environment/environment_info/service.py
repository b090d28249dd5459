"""The guide to the environment: waste, animals, nature and noise (the pages of 3/S12; its courses come with booking)."""

from tsunagari.engines.content.declare import Section
from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Counter, PageViews
from tsunagari.kernel.service.declare import Service

service = Service(
    id="environment_info",
    title=N_("環境の案内"),
    purpose=N_("ごみの出し方、生きもの、騒音や空気など、まちの環境のことを調べられます。"),
    division="kankyo-hozen",
    zone="internet",
    measures=("3/S12",),
    parts=(Section(paths=("environment/",), life_events=("waste",)),),
    meters=(
        Counter(
            id="environment_info.pages_read",
            title=N_("環境の案内の閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "ごみと環境のページと、関係するよくある質問が人に表示された回数です。検索ロボットは数えません。"
            ),
            counts=PageViews(service="environment_info"),
            dimensions=("page", "language"),
        ),
    ),
    face_to_face=N_("環境保全課の窓口"),
    address="/environment/",
)
