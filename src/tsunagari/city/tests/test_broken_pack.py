"""What is wrong in a city pack's smaller files is said with its file before anything is loaded."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tsunagari.kernel.identity.models import Division

NISHITOKYO = Path(settings.ROOT) / "cities" / "nishitokyo"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy to break; it bears the city's name, which the database knows."""
    return Path(shutil.copytree(NISHITOKYO, tmp_path / "nishitokyo"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("look.yaml", b"name: [\n", r"look\.yaml:2: this is not YAML"),
        (
            "look.yaml",
            "a: 1\nname: 西東京市\n".encode("cp932"),
            r"look\.yaml:2: a byte is no UTF-8",
        ),
        ("look.yaml", b"- name\n", r"look\.yaml:1: the file must hold names and values"),
        ("people.yaml", b"people: []\n", r"people\.yaml: names nobody"),
        ("people.yaml", b"\tpeople:\n", r"people\.yaml:1: this is not YAML"),
        ("city.yaml", b"invented: [true\n", r"city\.yaml:2: this is not YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    pack: Path, file: str, content: bytes, said: str
) -> None:
    (pack / file).write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("city", "load", pack=pack, verbosity=0)
    assert not Division.objects.exists()


@pytest.mark.django_db
def test_a_pack_without_its_look_is_refused(pack: Path) -> None:
    (pack / "look.yaml").unlink()
    with pytest.raises(CommandError, match=r"look\.yaml is missing"):
        call_command("city", "load", pack=pack, verbosity=0)


@pytest.mark.django_db
def test_a_plan_that_the_pack_no_longer_holds_stays_and_is_named(pack: Path) -> None:
    call_command("city", "load", pack=pack, verbosity=0)
    (pack / "plan" / "policy-2024-2028.yaml").unlink()
    told = StringIO()
    call_command("city", "load", pack=pack, stdout=told)
    assert "policy-2024-2028: stands in no file of this pack; it stays as it is" in told.getvalue()
