"""The invented town's pack with few page views, for tests of its years."""

import shutil
from pathlib import Path

import yaml
from django.conf import settings

SAMPLE = Path(settings.ROOT) / "cities" / "sample"


def quiet_pack(folder: Path) -> Path:
    """A copy of the sample's pack that tells of few page views."""
    pack = folder / "sample"
    shutil.copytree(SAMPLE, pack)
    said = yaml.safe_load((pack / "history.yaml").read_text(encoding="utf-8"))
    months = said["views"]["months"]
    said["views"]["months"] = {year: [views // 5000 for views in months[year]] for year in months}
    (pack / "history.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return pack
