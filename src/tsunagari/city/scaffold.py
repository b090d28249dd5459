"""New folders: what `tsunagari new` writes for a service or an engine, complete enough to pass every check."""

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

import yaml
from django.apps import apps

from tsunagari.city import catalogues

_WORD = re.compile(r"[a-z]+(_[a-z]+)*")
CATCH_ALL = frozenset(
    [
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "misc",
        "base",
        "core",
        "shared",
        "stuff",
        "lib",
        "tools",
    ]
)
"""Names under which anything fits."""

LINE = 100
"""Columns of a line, as pyproject.toml tells the formatter; Japanese letters take two."""

FIRST_ENGINE_ROW = re.compile(r"(\[importlinter:contract:engine-order\].*?\nlayers =\n)", re.DOTALL)

SERVICE = '''\
"""{english}: say in one sentence who does what with it."""

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.service.declare import Service

service = Service(
    id="{name}",
{texts}
    division="{division}",
    zone="internet",
)
'''

SERVICE_TEST = '''\
"""The service stands in the city as it was declared."""

from tsunagari.kernel.service import api
from tsunagari.services.{field}.{name}.service import service


def test_the_city_found_the_service_by_its_path() -> None:
    assert api.service("{name}") == service
'''

ENGINE = '''\
"""What a service may say to {name}, and what it says to the ledger."""

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.service.declare import Engine

engine = Engine(
    id="{name}",
{texts}
    zone="internet",
)
'''

ENGINE_API = '''\
"""What services and other engines may call; plain data goes in and out."""

from tsunagari.engines.{name}.declare import engine


def title() -> str:
    """The engine's name in Japanese, to be translated where it is shown."""
    return engine.title
'''

ENGINE_TEST = '''\
"""The engine stands in the city as it was declared."""

from tsunagari.engines.{name} import api
from tsunagari.engines.{name}.declare import engine
from tsunagari.kernel.service import api as door


def test_the_city_found_the_engine_by_its_path() -> None:
    assert engine in door.engines()
    assert api.title() == engine.title
'''


class Refused(ValueError):
    """The folder is not written; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """How the new folder is called: its title in Japanese and in English, and the division that runs it."""

    title: str
    english: str
    division: str = ""


def divisions(pack: Path) -> tuple[str, ...]:
    """The codes of the divisions in a city pack, in its order."""
    listed = yaml.safe_load((pack / "divisions.yaml").read_text(encoding="utf-8"))
    return tuple(division["code"] for division in listed["divisions"])


def write_service(root: Path, field: str, name: str, words: Words) -> list[Path]:
    """Write services/<field>/<name>/ into the checkout at `root`; gives the files, or raises Refused."""
    package = root / "src" / "tsunagari"
    _check_word("field", field)
    _check_name(package, name)
    _check_words(words)
    purpose = f"{words.title}：だれが何をできるようになるかを、ここに一文で書きます。"
    files = {
        "__init__.py": f'"""{words.english}."""\n',
        "service.py": SERVICE.format(
            name=name,
            english=words.english,
            texts=_marked(title=words.title, purpose=purpose),
            division=words.division,
        ),
        "tests/__init__.py": f'"""What {name} keeps."""\n',
        f"tests/test_{name}.py": SERVICE_TEST.format(field=field, name=name),
    }
    texts = {
        words.title: words.english,
        purpose: f"{words.english}: write here in one sentence who can do what with it.",
    }
    folder = package / "services" / field / name
    first = (
        []
        if folder.parent.exists()
        else _written(folder.parent, {"__init__.py": f'"""The field {field} of the plan."""\n'})
    )
    return first + _written(folder, files) + [_translated(folder, texts)]


def write_engine(root: Path, name: str, words: Words) -> list[Path]:
    """Write engines/<name>/ and its row of .importlinter (topmost: it may call every other engine)."""
    package = root / "src" / "tsunagari"
    _check_name(package, name)
    _check_words(words)
    purpose = f"{words.title}：市が何をできるようになるかを、ここに一文で書きます。"
    files = {
        "__init__.py": f'"""{words.english}."""\n',
        "declare.py": ENGINE.format(name=name, texts=_marked(title=words.title, purpose=purpose)),
        "api.py": ENGINE_API.format(name=name),
        "tests/__init__.py": f'"""What {name} keeps."""\n',
        f"tests/test_{name}.py": ENGINE_TEST.format(name=name),
    }
    texts = {
        words.title: words.english,
        purpose: f"{words.english}: write here in one sentence what the city can do with it.",
    }
    contracts = root / ".importlinter"
    rules = contracts.read_text(encoding="utf-8")
    contracts.write_text(
        FIRST_ENGINE_ROW.sub(rf"\g<1>    {name}\n", rules, count=1), encoding="utf-8"
    )
    folder = package / "engines" / name
    return [*_written(folder, files), _translated(folder, texts), contracts]


def _check_word(what: str, name: str) -> None:
    if not _WORD.fullmatch(name) or keyword.iskeyword(name):
        raise Refused(
            f"{what} {name!r} will not do: take small English letters with _ between words and no number "
            f"(plans renumber; the number is data in the city pack), for example sick_child_care."
        )
    if name in CATCH_ALL | {"tests"}:
        raise Refused(
            f"{what} {name!r} is a name under which anything fits; name it after what it holds."
        )


def _check_name(package: Path, name: str) -> None:
    _check_word("name", name)
    for taken in catalogues.folders(package):
        if taken.name == name:
            raise Refused(
                f"name {name!r} is taken by {taken.relative_to(package).as_posix()}; choose another: it becomes an id for ever."
            )
    for app in apps.get_app_configs():
        if app.label == name:
            raise Refused(
                f"name {name!r} is taken by the library {app.name}; choose another: it becomes an id for ever."
            )


def _check_words(words: Words) -> None:
    for said, text in (("--title", words.title), ("--english", words.english)):
        if found := [sign for sign in ('"', "\\", "\n") if sign in text]:
            raise Refused(
                f"{said} holds {found[0]!r}, which would end the text in the source; write 「」 or ‘ ’ instead."
            )


def _marked(**texts: str) -> str:
    """The marked texts of a declaration, one a line, broken as the formatter breaks them."""
    return "\n".join(_line(word, text) for word, text in texts.items())


def _line(word: str, text: str) -> str:
    line = f'    {word}=N_("{text}"),'
    columns = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line)
    return line if columns <= LINE else f'    {word}=N_(\n        "{text}"\n    ),'


def _written(folder: Path, files: dict[str, str]) -> list[Path]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _translated(folder: Path, english: dict[str, str]) -> Path:
    """The catalogue of a fresh folder with the English it was given."""
    return catalogues.write(folder, "en", english)
