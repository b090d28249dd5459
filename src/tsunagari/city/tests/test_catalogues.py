"""A developer marks a text in Japanese; its English is asked for and kept."""

from pathlib import Path

import pytest

from tsunagari.city import catalogues


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """An engine with one page and one module."""
    folder = tmp_path / "engines" / "booking"
    (folder / "templates" / "booking").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "views.py").write_text(
        'title = gettext("予約")\nunit = N_("件")\nother = P_("views", "件")\n', encoding="utf-8"
    )
    (folder / "templates" / "booking" / "day.html").write_text(
        '{% translate "担当課" %}{% blocktranslate count n=n trimmed %}\n{{ n }}件\n{% plural %}\n{{ n }}件あります\n{% endblocktranslate %}'
        "{{ x|default:_('なし') }}<c-button :label=\"_('送る')\" />{% translate \"開く\" context \"戸\" %}{% translate '100%' %}",
        encoding="utf-8",
    )
    return folder


def _singulars(room: Path) -> set[tuple[str, str, str]]:
    return {(text.context, text.singular, text.plural) for text in catalogues.texts_of(room)}


def test_texts_are_found_in_modules_and_templates(room: Path) -> None:
    assert _singulars(room) == {
        ("", "予約", ""),
        ("", "件", ""),
        ("views", "件", ""),
        ("", "担当課", ""),
        ("", "%(n)s件", "%(n)s件あります"),
        ("", "なし", ""),
        ("", "送る", ""),
        ("戸", "開く", ""),
        ("", "100%%", ""),
    }


def test_an_update_keeps_what_was_translated_and_drops_what_is_gone(room: Path) -> None:
    path = catalogues.write(room, "en", {"予約": "Bookings"})
    assert 'msgid "予約"\nmsgstr "Bookings"' in path.read_text(encoding="utf-8")
    (room / "views.py").write_text('title = gettext("予約")\n', encoding="utf-8")
    assert catalogues.update(room.parents[1]) == [path]
    text = path.read_text(encoding="utf-8")
    assert 'msgstr "Bookings"' in text
    assert 'msgid "件"' not in text


def test_a_new_text_takes_the_english_that_another_folder_has_for_it(room: Path) -> None:
    other = room.parent / "counters"
    other.mkdir()
    (other / "__init__.py").write_text("", encoding="utf-8")
    (other / "views.py").write_text('unit = N_("件")\n', encoding="utf-8")
    catalogues.write(room, "en", {"件": "cases"})
    catalogues.update(room.parents[1])
    assert 'msgid "件"\nmsgstr "cases"' in catalogues.catalogue(other, "en").read_text(
        encoding="utf-8"
    )


def test_a_catalogue_in_another_order_than_it_is_written_is_named(room: Path) -> None:
    catalogues.update(room.parents[1])
    path = catalogues.catalogue(room, "en")
    head, first, *rest = path.read_text(encoding="utf-8").strip().split("\n\n")
    path.write_text("\n\n".join([head, *rest, first]) + "\n", encoding="utf-8")
    assert any("have drifted" in sentence for sentence in catalogues.problems(room.parents[1]))


def test_a_second_update_changes_nothing(room: Path) -> None:
    catalogues.update(room.parents[1])
    assert catalogues.update(room.parents[1]) == []


def test_a_text_without_english_is_named_with_its_file(room: Path) -> None:
    catalogues.update(room.parents[1])
    sentences = list(catalogues.problems(room.parents[1]))
    assert any("“担当課” has no English" in sentence for sentence in sentences)


def test_a_room_without_texts_has_no_catalogue(room: Path) -> None:
    path = catalogues.write(room, "en", {})
    (room / "views.py").write_text("", encoding="utf-8")
    (room / "templates" / "booking" / "day.html").unlink()
    catalogues.update(room.parents[1])
    assert not path.exists()
