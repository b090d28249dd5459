"""The message catalogues: Japanese texts are found in the sources, their English stands in one file per folder."""

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import TranslatorCommentWarning
from django.utils.translation.template import templatize

LANGUAGES = ("en",)
"""The languages that every text must have beside Japanese, which is the msgid."""

CALLS = {
    "_": (0,),
    "N_": (0,),
    "P_": ("context", 1),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": ("context", 1),
    "pgettext_lazy": ("context", 1),
    "npgettext": ("context", 1, 2),
    "npgettext_lazy": ("context", 1, 2),
}
"""Functions that mark a text, and which of their arguments are its context, singular and plural."""

HEADER = """\
# English texts. `tsunagari texts` finds the Japanese ones; the English is written by hand.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(?:_|n?p?gettext)\((?:\s*{_LITERAL}\s*,?)+(?:\s*count)?\)")
_COTTON_ATTRIBUTE = re.compile(r""":[\w-]+=["'][^"']*?(_\((?:'[^']*'|"[^"]*")\))""")
_PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)(?:[:!][^}]*)?\}|(%[sd])")


@dataclass(frozen=True, kw_only=True, order=True)
class Text:
    """One text of a folder: its context ("" for none), singular and plural ("" where it has none)."""

    context: str
    singular: str
    plural: str = ""


Texts = dict[Text, set[str]]
"""Texts with the files, relative to their folder, in which they stand."""


def folders(package: Path) -> list[Path]:
    """The folders that carry a catalogue: the city, the kernel's rooms, engines and services."""
    found = [
        package / "city",
        *package.glob("kernel/*"),
        *package.glob("engines/*"),
        *package.glob("services/*/*"),
    ]
    return sorted(path for path in found if (path / "__init__.py").exists())


def catalogue(folder: Path, language: str) -> Path:
    """Where the texts of a folder stand in a language."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def texts_of(folder: Path) -> Texts:
    """Every marked text of a folder's modules and templates; tests and migrations are left out."""
    texts: Texts = defaultdict(set)
    for path in _files(folder):
        find = _python_texts if path.suffix == ".py" else _template_texts
        for text in find(path):
            texts[text].add(path.relative_to(folder).as_posix())
    return texts


def update(package: Path) -> list[Path]:
    """Bring all catalogues up to the sources: stale texts go, new ones stand empty, or with the words that
    another folder has for the same text. Gives the changed files."""
    changed = []
    elsewhere = {language: _known(package, language) for language in LANGUAGES}
    for folder in folders(package):
        texts = texts_of(folder)
        for language in LANGUAGES:
            path = catalogue(folder, language)
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            kept = _read(path, language)
            _borrow(texts, kept, elsewhere[language])
            after = _written(texts, kept, language) if texts else ""
            if after == before:
                continue
            changed.append(path)
            if not texts:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(after, encoding="utf-8")
    return changed


def _known(package: Path, language: str) -> dict[Text, Message]:
    known: dict[Text, Message] = {}
    for folder in folders(package):
        for message in _read(catalogue(folder, language), language):
            if message.id and all(_strings(message)) and not message.fuzzy:
                known.setdefault(_text(message), message)
    return known


def _borrow(texts: Texts, kept: Catalog, known: dict[Text, Message]) -> None:
    own = {_text(message) for message in kept if message.id}
    for text in (texts.keys() - own) & known.keys():
        kept.add(known[text].id, string=known[text].string, context=text.context or None)


def write(folder: Path, language: str, known: dict[str, str]) -> Path:
    """Write the catalogue of one folder from its sources and the translations one knows; gives its path."""
    kept = Catalog(locale=language)
    for japanese, translated in known.items():
        kept.add(japanese, string=translated)
    path = catalogue(folder, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_written(texts_of(folder), kept, language), encoding="utf-8")
    return path


def compile_all(package: Path) -> list[Path]:
    """Write each .po beside itself as .mo, the form that Django reads."""
    compiled = []
    for folder in folders(package):
        for path in sorted(folder.glob("locale/*/LC_MESSAGES/*.po")):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, _read(path, path.parents[1].name))
            compiled.append(path.with_suffix(".mo"))
    return compiled


def problems(package: Path) -> Iterator[str]:
    """Sentences on texts without English, English without a text, lost placeholders and double meanings."""
    meanings: dict[Text, dict[tuple[str, ...], Path]] = defaultdict(dict)
    for folder in folders(package):
        texts = texts_of(folder)
        for language in LANGUAGES:
            path = catalogue(folder, language)
            place = path.relative_to(package)
            kept = {_text(message): message for message in _read(path, language) if message.id}
            for text in sorted(texts.keys() - kept.keys()):
                yield f"{place}: “{text.singular}” ({', '.join(sorted(texts[text]))}) is missing; run `tsunagari texts` and write its English."
            for text in sorted(kept.keys() - texts.keys()):
                yield f"{place}: “{text.singular}” no longer stands in the sources; run `tsunagari texts`, which takes it out."
            for text in sorted(texts.keys() & kept.keys()):
                yield from (
                    f"{place}: “{text.singular}” {fault}" for fault in _faults(text, kept[text])
                )
                meanings[text].setdefault(_strings(kept[text]), path.relative_to(package))
            if texts.keys() == kept.keys() and _drifted(path, texts, language):
                yield f"{place}: its order or its file names have drifted; run `tsunagari texts`, which writes them anew."
    yield from _double_meanings(meanings)


def _drifted(path: Path, texts: Texts, language: str) -> bool:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    return bool(texts) and before != _written(texts, _read(path, language), language)


def _double_meanings(meanings: dict[Text, dict[tuple[str, ...], Path]]) -> Iterator[str]:
    for text, written in sorted(meanings.items()):
        if len([strings for strings in written if all(strings)]) > 1:
            ways = " and ".join(f"“{strings[0]}” in {path}" for strings, path in written.items())
            yield f"“{text.singular}” is written in two ways: {ways}. All catalogues become one: choose one, or tell them apart with a context (pgettext)."


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        parts = path.relative_to(folder).parts
        if "tests" in parts or "migrations" in parts or "static" in parts:
            continue
        if path.suffix != ".py" and "templates" not in parts:
            continue
        yield path


def _python_texts(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in CALLS and (text := _called(name, node)) is not None:
            yield text


def _template_texts(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TranslatorCommentWarning)
        marked = templatize(source, origin=str(path))
    calls = _TEMPLATE_CALL.findall(marked) + _COTTON_ATTRIBUTE.findall(source)
    for call in calls:
        node = ast.parse(call, mode="eval").body
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and (text := _called(node.func.id, node))
        ):
            yield text


def _called(name: str, call: ast.Call) -> Text | None:
    places = CALLS[name]
    strings = [
        part.value
        for part in call.args
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    if len(strings) < len(places):
        return None
    if places[0] == "context":
        return Text(
            context=strings[0], singular=strings[1], plural=strings[2] if len(places) > 2 else ""
        )
    return Text(context="", singular=strings[0], plural=strings[1] if len(places) > 1 else "")


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def _text(message: Message) -> Text:
    if isinstance(message.id, str):
        return Text(context=message.context or "", singular=message.id)
    return Text(context=message.context or "", singular=message.id[0], plural=message.id[1])


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _faults(text: Text, message: Message) -> Iterator[str]:
    strings = _strings(message)
    if not all(strings) or message.fuzzy:
        yield "has no English; write its msgstr (and take away `fuzzy`)."
        return
    wanted = _places(text.singular) | _places(text.plural)
    for string in strings:
        if unknown := _places(string) - wanted:
            yield f"has {', '.join(sorted(unknown))} in its English only; use the names of the Japanese text."
    if lost := wanted - set().union(*(_places(string) for string in strings)):
        yield f"loses {', '.join(sorted(lost))} in its English; every value of the text must be shown."


def _places(text: str) -> set[str]:
    return {next(filter(None, match.groups())) for match in _PLACE.finditer(text.replace("%%", ""))}


def _written(texts: Texts, kept: Catalog, language: str) -> str:
    fresh = Catalog(locale=language, fuzzy=False)
    for text, files in texts.items():
        message_id = (text.singular, text.plural) if text.plural else text.singular
        old = kept.get(message_id, text.context or None)
        fresh.add(
            message_id,
            string=old.string if old is not None and old.string else None,
            locations=[(file, 0) for file in sorted(files)],
            user_comments=list(old.user_comments) if old is not None else (),
            flags={flag for flag in old.flags if flag == "fuzzy"} if old is not None else (),
            context=text.context or None,
        )
    out = BytesIO()
    write_po(out, fresh, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=language) + out.getvalue().decode("utf-8").strip() + "\n"


Report = Callable[[str], None]


def run(package: Path, *, check: bool, compile_only: bool, report: Report) -> int:
    """What `tsunagari texts` does; gives the number of problems found."""
    if compile_only:
        report(f"{len(compile_all(package))} catalogues compiled.")
        return 0
    if not check:
        for path in update(package):
            report(f"wrote {path.relative_to(package)}")
        compile_all(package)
    found = list(problems(package))
    for sentence in found:
        report(sentence)
    return len(found)
