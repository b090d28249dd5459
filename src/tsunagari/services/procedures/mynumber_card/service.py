"""My Number cards: how many have been issued, loaded each month by the Citizens Division (P/1)."""

from tsunagari.kernel.i18n.texts import N_, P_
from tsunagari.kernel.metering.declare import Loaded
from tsunagari.kernel.service.declare import Service

service = Service(
    id="mynumber_card",
    title=N_("マイナンバーカード"),
    purpose=N_("マイナンバーカードの交付がどこまで進んだかを、毎月の集計でお知らせします。"),
    division="shimin",
    zone="mynumber",
    measures=("P/1",),
    meters=(
        Loaded(
            id="mynumber_card.issued",
            title=N_("マイナンバーカード交付枚数(累計)"),
            unit=P_("cards", "枚"),
            how=N_(
                "市民課が月ごとに集計した、これまでの交付枚数の合計です。集計表を毎月読み込み、いつ、どの表から読み込んだかを残します。"
            ),
            column=N_("交付枚数(累計)"),
            source=N_("市民課の月次集計"),
            adds="stock",
            division="shimin",
        ),
    ),
    face_to_face=N_("市民課の窓口"),
)
