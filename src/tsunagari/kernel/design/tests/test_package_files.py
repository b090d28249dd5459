"""Of a large package only the files that pages ask for become static files."""

from pathlib import Path
from typing import Any

from tsunagari.kernel.design.package_files import PackageFiles


def test_named_files_are_found_and_collected_and_others_are_not(
    tmp_path: Path, settings: Any
) -> None:
    for name in ("map.js", "map-dev.js"):
        (tmp_path / name).write_text("// a map", encoding="utf-8")
    settings.STATIC_PACKAGE_FILES = [("maps", tmp_path, ("map.js", "gone.css"))]
    finder = PackageFiles()
    assert finder.find("maps/map.js") == str(tmp_path / "map.js")
    assert finder.find("maps/map-dev.js") == []
    assert finder.find("maps/gone.css", find_all=True) == []
    collected = [(name, store.prefix) for name, store in finder.list(None)]
    assert collected == [("map.js", "maps")]
