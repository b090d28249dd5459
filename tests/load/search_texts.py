"""A city's pages and short questions, made up: words by Zipf's law, a few of which stand everywhere."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from tsunagari.kernel.search.declare import Entry

COMMON = ["手続き", "申請", "窓口", "市民", "届け出", "受付", "案内", "お知らせ", "相談", "利用", "施設", "証明書", "予約", "料金", "期限", "対象", "書類", "申し込み", "制度", "支援", "保育園", "子ども", "高齢者", "学校", "ごみ", "住民票", "健康保険", "介護保険", "市民税", "防災", "図書館", "公園", "道路", "税金", "助成", "給付", "年金", "登録", "交付", "更新"]  # fmt: skip
HEADS = ["地域", "防災", "保育", "介護", "健康", "医療", "福祉", "教育", "学校", "環境", "道路", "公園", "河川", "下水", "水道", "交通", "住宅", "建築", "土地", "農業", "商業", "観光", "文化", "芸術", "歴史", "図書", "体育", "青少年", "児童", "家庭", "女性", "障害", "高齢", "国際", "交流", "市民", "地区", "自治", "選挙", "統計", "財政", "契約", "職員", "広報", "情報", "電子", "個人", "戸籍", "住民", "国民", "後期", "固定", "軽自動車", "資産", "納税", "課税", "収納", "消費", "生活", "労働", "雇用", "企業", "起業", "産業", "資源", "粗大", "可燃", "不燃", "収集", "騒音", "緑化", "樹木", "動物", "食品", "衛生", "感染", "予防", "母子", "乳幼児", "妊婦", "歯科", "精神", "認知", "難病", "災害", "避難", "消防", "救急", "防犯", "安全", "駐車", "自転車", "駅前"]  # fmt: skip
TAILS = ["計画", "事業", "施設", "相談", "支援", "助成", "手当", "給付", "証明", "登録", "届", "申請", "許可", "認定", "検査", "調査", "講座", "教室", "催し", "会議", "委員会", "審議会", "協議会", "条例", "規則", "要綱", "補助金", "交付金", "保険料", "使用料", "手数料", "負担金", "減免", "免除", "還付", "督促", "窓口", "係", "課", "センター", "会館", "広場", "倉庫", "設備", "工事", "点検", "管理", "整備", "改修", "保全", "指導", "研修", "募集", "採用", "入札", "契約", "公告", "縦覧", "閲覧", "開示", "保護", "訓練", "マップ", "情報", "通信", "便り", "統計", "一覧", "案内", "予約", "カード", "手帳", "通知", "診査", "検診", "接種", "給食", "遊具", "路線", "時刻", "区域", "地図", "基金", "寄附", "表彰", "交流", "体験", "見学", "展示", "収集", "処理", "回収", "対策", "推進", "連携"]  # fmt: skip
PLACES = [
    "田無町",
    "保谷町",
    "ひばりが丘",
    "谷戸町",
    "芝久保町",
    "向台町",
    "新町",
    "南町",
    "北原町",
    "緑町",
    "西原町",
    "住吉町",
    "泉町",
    "富士町",
    "東町",
    "中町",
    "北町",
    "栄町",
]
SENTENCES = (
    "{}の{}は、{}で受け付けています。",
    "西東京市では、{}について{}を行っています。",
    "{}を希望する方は、{}と{}をお持ちください。",
    "詳しくは{}の{}をご覧ください。",
    "{}は、毎年{}の時期に{}を決めます。",
    "{}にお住まいの方は、{}を利用できます。",
    "手続きには{}が必要です。{}を忘れずにお持ちください。",
    "{}に関する{}は、電話でもお問い合わせください。",
)
QUESTIONS = ("{}の{}はどうすればよいですか", "{}はどこでできますか", "{}に必要な{}を教えてください", "{}と{}の違いは何ですか", "西東京市の{}はいつまでですか")  # fmt: skip
TITLES = ("{}の{}", "{}について", "{}（{}）", "{}・{}のご案内", "西東京市{}{}")


class Texts:
    """Made from one seed: the same texts on every machine."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)
        rare = [head + tail for head in HEADS for tail in TAILS]
        self.random.shuffle(rare)
        self.words = [*COMMON, *HEADS, *PLACES, *rare]
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def entry(self, number: int) -> Entry:
        """Every sixth is a page, the others are short questions."""
        page = number % 6 == 0
        title = self._said(self.random.choice(TITLES if page else QUESTIONS))
        return Entry(
            kind="content.page" if page else "content.question",
            public_id=f"load{number}",
            language="ja",
            title=title,
            address=f"/load/{number}/",
            summary=self._said(self.random.choice(SENTENCES)) if page else "",
            body=self._text(24 if page else 4),
            keywords=tuple(self._word() for _ in range(2)) if page else (),
            facets={"division": (f"d{number % 40}",)},
            day=date(2020, 1, 1) + timedelta(days=number % 2000),
        )

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """The entries from one number up to another."""
        return (self.entry(number) for number in range(first, last))

    def questions(self, number: int) -> list[str]:
        """What people ask: a fifth very common words, one to three words, kana, a slip, a sentence."""
        return [self._question(at) for at in range(number)]

    def _question(self, at: int) -> str:
        kinds = at % 10
        if kinds < 2:
            return self.random.choice(("西東京市", "手続き", "申請", "窓口", "市民", "西東京市 手続き", "手続き 申請"))  # fmt: skip
        if kinds < 4:
            return self._word()
        if kinds < 6:
            return f"{self._word()} {self._word()}"
        if kinds == 6:
            return f"{self._word()} {self._word()} {self._word()}"
        if kinds == 7:
            return self.random.choice(("じゅうみんひょう", "ほけん", "こどもの てあて", "ごみのしゅうしゅう", "てつづき", "ぼうさいけいかく", "gomi", "hoikuen"))  # fmt: skip
        if kinds == 8:
            return self.random.choice(("住民表", "介護保健", "じゅみうんひょう", "保育圏", "防災計角", "としょんか", "市民説"))  # fmt: skip
        return f"{self._word()}の{self._word()}はどうすればいいですか"

    def _word(self) -> str:
        return self.random.choices(self.words, cum_weights=self.weights)[0]

    def _said(self, pattern: str) -> str:
        return pattern.format(*(self._word() for _ in range(pattern.count("{}"))))

    def _text(self, sentences: int) -> str:
        return "".join(self._said(self.random.choice(SENTENCES)) for _ in range(sentences))
