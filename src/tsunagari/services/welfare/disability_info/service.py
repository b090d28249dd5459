"""The guide for people with disabilities: pages by need and by class of certificate (3/S7)."""

from tsunagari.engines.content.declare import Section
from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Counter, PageViews
from tsunagari.kernel.service.declare import Service

service = Service(
    id="disability_info",
    title=N_("障害のある方のための案内"),
    purpose=N_(
        "障害のある方とご家族が、必要なことや手帳の等級から、使える制度と相談先を見つけられます。"
    ),
    division="shogai-fukushi",
    zone="internet",
    measures=("3/S7",),
    parts=(
        Section(
            paths=(
                "welfare/disability-certificates/",
                "welfare/disability-money/",
                "welfare/disability-services/",
                "welfare/disability-life/",
            ),
            life_events=("disability",),
        ),
    ),
    meters=(
        Counter(
            id="disability_info.pages_read",
            title=N_("障害のある方のための案内の閲覧数"),
            unit=P_("page views", "件"),
            how=N_(
                "障害のある方のための案内のページと、関係するよくある質問が人に表示された回数です。検索ロボットは数えません。"
            ),
            counts=PageViews(service="disability_info"),
            dimensions=("page", "language"),
        ),
    ),
    face_to_face=N_("障害福祉課の窓口"),
    address="/welfare/",
)
