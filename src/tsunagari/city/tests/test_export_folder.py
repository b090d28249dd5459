"""The served folder is never half: what is written beside takes its place at one stroke, and nobody else's files go."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from tsunagari.city.export import folder as folders
from tsunagari.city.export.folder import (
    MANIFEST,
    Refused,
    alone,
    check,
    draft_of,
    exchange,
    put,
    readable,
)


def _filled(folder: Path, word: str) -> Path:
    folder.mkdir()
    for name in ("a", "b", MANIFEST):
        (folder / name).write_text(word)
    return folder


def test_a_reader_finds_either_the_old_or_the_new_and_never_half(tmp_path: Path) -> None:
    served = _filled(tmp_path / "site", "0")
    over, seen = Event(), set()

    def read() -> None:
        while not over.is_set():
            seen.add((served / "a").read_text())  # a folder that is away for a moment would raise

    reader = Thread(target=read)
    reader.start()
    for number in range(1, 200):
        exchange(_filled(tmp_path / "draft", str(number)), served)
    over.set()
    reader.join()
    assert (served / "a").read_text() == "199"
    assert len(seen) > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_where_a_disk_cannot_exchange_it_is_renamed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_swap", lambda *_: False)
    served = _filled(tmp_path / "site", "old")
    exchange(_filled(tmp_path / "draft", "new"), served)
    assert (served / "b").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_file_that_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    served = _filled(tmp_path / "site", "old")
    draft = draft_of(served)
    assert not put(draft, served, "a", b"old")
    assert put(draft, served, "b", b"new")
    assert put(draft, served, "deep/er/c", b"")
    assert (draft / "a").stat().st_ino == (served / "a").stat().st_ino
    assert (served / "b").read_text() == "old"  # what is served now stays as it is


def test_another_user_can_read_what_was_written_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with readable():
            draft = draft_of(tmp_path / "site")
            put(draft, tmp_path / "site", "a/b", b"")
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert [oct(path.stat().st_mode)[-3:] for path in (draft, draft / "a", draft / "a/b")] == ["755", "755", "644"]  # fmt: skip


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    draft = draft_of(tmp_path / "site")
    with pytest.raises(Refused, match="outside the folder"):
        put(draft, tmp_path / "site", "../evil", b"")


def test_what_a_killed_export_left_is_removed(tmp_path: Path) -> None:
    served = tmp_path / "site"
    (draft_of(served) / "half").write_text("half")
    assert list(draft_of(served).iterdir()) == []


def test_two_exports_do_not_write_at_once(tmp_path: Path) -> None:
    served = tmp_path / "deep" / "site"
    with alone(served), pytest.raises(Refused, match="Another export"), alone(served):
        pass
    with alone(served):
        pass


@pytest.fixture
def others(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("mine")
    yield tmp_path / "home"
    assert (tmp_path / "home/letter.txt").read_text() == "mine"


def test_a_folder_with_somebodys_files_is_refused(others: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds files that are no export"):
        check(others)
    with pytest.raises(Refused, match="is no folder"):
        check(others / "letter.txt")
    (tmp_path / "link").symlink_to(others)
    with pytest.raises(Refused, match="is no folder"):
        check(tmp_path / "link")
    check(tmp_path / "new")
