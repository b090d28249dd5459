"""A broken pack: each fault is said with file and line, what is wrong and what would be right; nothing is changed."""

from pathlib import Path

import pytest
import yaml

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Driver, Lineage, Plan
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, NOW, THIRD, load_all

pytestmark = pytest.mark.django_db
PLANS = NISHITOKYO / "plan"


def _said(tmp_path: Path, code: str, old: str, new: str) -> list[str]:
    """What is said when `old` is replaced by `new` in one of the two plans; both are loaded."""
    paths = []
    for name in (THIRD, CODE):
        text = (PLANS / f"{name}.yaml").read_text(encoding="utf-8")
        if name == code:
            assert text.count(old) >= 1
            text = text.replace(old, new, 1)
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    with pytest.raises(api.PackRefused) as refused:
        load_all(paths)
    assert not Plan.objects.exists()
    assert all(p.line > 0 and p.file.endswith(".yaml") for p in refused.value.problems)
    return [f"{p.wrong}; {p.right}" for p in refused.value.problems]


@pytest.mark.parametrize(
    ("code", "old", "new", "wrong", "right"),
    [
        (THIRD, "numerator: 4779", "numerator: 4797", "26.6 of 2013 does not follow from 4797 of 17950", "write 26.7"),
        (THIRD, "numerator: 4779, ", "", "only one part of its ratio", "write numerator"),
        (THIRD, "value: 31.6", "value: 31.7", "is not 26.6 with 5 points", "write 31.6"),
        (THIRD, "value: 70.5", "value: 72.9", "is not 65.9 with 7 percent", "which of points: and percent:"),
        (THIRD, "percent: 7", "percent: seven", "percent is 'seven', a text where a figure must stand", "digits only"),
        (CODE, "kind: renamed", "kind: grown", "kind is 'grown'", "continued, renamed, merged, split"),
        (CODE, 'number: "7-1"', 'number: "9-9"', "which does not exist", "check the plan's code"),
        (CODE, "predecessor: third-plan-2014-2018", "predecessor: second-plan", "no plan that began earlier", "leave it out"),
        (CODE, "letter: P", 'letter: "3"', "letter 3 is that of", "give each plan its own"),
        (CODE, "code: policy-2024-2028", "code: compare", "a page's own word", "choose another"),
        (CODE, 'number: "8"', 'number: "data"', "number 'data' is a page's own word", "choose another number"),
        (THIRD, "kind: field", "kind: area", "kind is 'area'", "field, list"),
        (THIRD, "viewpoints: [", "viewpoints: [colour, ", "'colour' in viewpoints is not known", "add it to the plan's viewpoints"),
        (THIRD, 'ja: "28校が1校あたり約11,000アクセスになることを目指す。"', "ja: 28校が1校あたり約11,000アクセスになることを目指す。", "a comma cut the text", "in quotes"),
        (CODE, "value: 199000", "value: 199,000枚", "'000枚' stands alone: a comma cut", "without commas and unit"),
        (CODE, "value: 199000", "value: -199000", "-199000 of 2028 is a count below zero", "from 0"),
        (CODE, "value: 199000", "value: 199000.5", "has more places than are shown", "now it is 0"),
        (CODE, "baseline: { year: 2023, value: 3400", "baseline: { year: 2025, value: 3400", "the target of 2024 does not come after the baseline of 2025", "both years"),
        (CODE, "baseline: { year: 2023, value: 163000", "baseline: { year: 1023, value: 163000", "year is 1023", "from 1950 to 2100"),
        (CODE, "        meter: mynumber_card.issued", "        values: [{ year: 2028, value: 5 }]", "a result of 2028 cannot be known yet", "under targets:"),
        (CODE, "{ ja: 人にやさしいデジタル化,", "{ ja: 別の理念, ja: 人にやさしいデジタル化,", "'ja' stands twice in idea", "keep one"),
        (CODE, "letter: P", "letter: P\nzz: " + "[" * 3000 + "]" * 3000, "inside each other too deep", "as the others are"),
        (THIRD, "        target_open: true", "        target_open: yes", "target_open is 'yes'", "true or false"),
    ],
)  # fmt: skip
def test_it_rejects_a_fault_in_words(
    *, tmp_path: Path, code: str, old: str, new: str, wrong: str, right: str
) -> None:
    said = _said(tmp_path, code, old, new)
    assert any(wrong in each and right in each for each in said), said


def test_a_scale_out_of_order_is_refused(tmp_path: Path) -> None:
    said = _said(
        tmp_path,
        CODE,
        "sections:\n",
        "scale: { preset: fsabc, on_track: 0.5, slightly_behind: 0.9 }\nsections:\n",
    )
    assert any("are not in order" in each for each in said)


def test_a_file_that_is_no_utf8_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("code: 計画\n".encode("cp932"))
    with pytest.raises(api.PackRefused, match=r"byte 7 is no UTF-8; save the file as UTF-8 text"):
        load_all([path])


def test_the_line_of_a_wrong_byte_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("code: a\nname: 計画\n".encode("cp932"))
    with pytest.raises(api.PackRefused, match=r"plan.yaml:2: byte 15 is no UTF-8"):
        load_all([path])


def test_a_file_that_is_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"#" * 3_000_000)
    with pytest.raises(api.PackRefused, match="has 3,000,000 bytes; .* at most 2,000,000"):
        load_all([path])


def test_surroundings_in_another_encoding_are_refused(policy: None, tmp_path: Path) -> None:
    (tmp_path / "drivers.yaml").write_bytes("drivers: # 背景\n".encode("cp932"))
    with pytest.raises(api.PackRefused, match=r"drivers.yaml:1: byte \d+ is no UTF-8"):
        api.load_surroundings(tmp_path, divisions={"shimin"}, clock=lambda: NOW)


def test_control_characters_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("code: a\x00b\n", encoding="utf-8")
    with pytest.raises(api.PackRefused, match="this is not text"):
        load_all([path])


def test_faults_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("code: x\n", encoding="utf-8")
    with pytest.raises(api.PackRefused) as refused:
        load_all(sorted(tmp_path.glob("*.yaml")))
    assert {Path(p.file).name for p in refused.value.problems} == {"a.yaml", "b.yaml"}


@pytest.mark.parametrize(
    ("file", "text", "wrong"),
    [
        ("drivers.yaml", "drivers:\n  - { code: a, kind: law, name: 法, source: 官報 }\n", "kind is 'law'"),
        ("drivers.yaml", "drivers:\n  - { code: a, kind: town, name: 法, source: 官報, issued_on: 2021-13-40 }\n", "issued_on is '2021-13-40'"),
        ("drivers.yaml", "drivers:\n  - { code: a, kind: town, name: 法, source: 官報, address: 'javascript:alert(1)' }\n", "with https://"),
        ("drivers.yaml", "drivers:\n  - { code: a, kind: town, name: 法, source: 官報, measures: [P/99] }\n", "measure P/99 does not exist"),
        ("drivers.yaml", "drivers:\n  - { code: a, kind: town, name: 法, source: 官報 }\n  - { code: a, kind: town, name: 規, source: 官報 }\n", "two entries bear the code a"),
        ("assets.yaml", "assets:\n  - { code: a, name: 機器, source: 計画, yearly_cost: 1.5 }\n", "write a whole number"),
        ("assets.yaml", "assets:\n  - { code: a, name: 機器, source: 計画, division: nobody }\n", "division 'nobody' is not known"),
        ("assets.yaml", "assets:\n  - { code: a, name: 機器, source: 計画, verdict: maybe }\n", "verdict is 'maybe'"),
    ],
)  # fmt: skip
def test_it_rejects_faulty_surroundings(
    policy: None, tmp_path: Path, file: str, text: str, wrong: str
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(api.PackRefused) as refused:
        api.load_surroundings(tmp_path, divisions={"shimin"}, clock=lambda: NOW)
    assert wrong in str(refused.value)
    assert not Driver.objects.exists()


def test_surroundings_are_tied_to_their_measures_and_a_second_time_changes_nothing(
    policy: None,
) -> None:
    said = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    divisions = {entry["code"] for entry in said["divisions"]}
    assert api.load_surroundings(NISHITOKYO, divisions=divisions, clock=lambda: NOW) > 20
    assert api.load_surroundings(NISHITOKYO, divisions=divisions, clock=lambda: NOW) == 0
    named = {driver.name: driver.measures for driver in api.drivers("ja")}
    assert any("P/18" in measures for measures in named.values())


def test_a_way_that_the_pack_no_longer_tells_is_taken_out(policy: None, tmp_path: Path) -> None:
    before = Lineage.objects.count()
    text = (PLANS / f"{CODE}.yaml").read_text(encoding="utf-8")
    start = text.index("    grew_from:")
    end = text.index("\n    indicators:", start)
    path = tmp_path / "plan.yaml"
    path.write_text(text[:start] + text[end + 1 :], encoding="utf-8")
    load_all([path])
    assert Lineage.objects.count() == before - 1
