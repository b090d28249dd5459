"""A form never loses what was typed."""

from bs4 import Tag
from django.utils import translation

from tests.promises.conftest import Person
from tests.promises.walk import Visit

TYPED = "これは まちがいかもしれない"
KEPT = ("text", "email", "search", "tel", "url", "number")


def _forms(visits: list[Visit]) -> list[tuple[Visit, Tag]]:
    found, seen = [], set()
    for made in visits:
        if not made.is_page or made.route in seen or made.url.startswith("/en/"):
            continue
        seen.add(made.route)
        found += [
            (made, form)
            for form in made.soup.find_all("form")
            if isinstance(form, Tag) and str(form.get("method", "")).lower() == "post"
        ]
    return found


def _typed(form: Tag) -> tuple[dict[str, str], list[str]]:
    """What is sent: hidden fields as they are, words of our own in each field that takes words."""
    sent, kept = {}, []
    for field in form.find_all(["input", "textarea"]):
        name, kind = str(field.get("name") or ""), str(field.get("type") or "text").lower()
        if not name:
            continue
        if field.name == "textarea" or kind in KEPT:
            sent[name] = TYPED
            kept.append(name)
        elif kind == "hidden":
            sent[name] = str(field.get("value") or "")
    return sent, kept


def _losses(person: Person, visits: list[Visit]) -> list[str]:
    lost = []
    for made, form in _forms(visits):
        sent, kept = _typed(form)
        target = str(form.get("action") or "") or made.url
        if not kept or not target.startswith("/"):
            continue
        person.client.raise_request_exception = False
        answer = person.client.post(target, sent)
        translation.activate("ja")
        if answer.status_code >= 500:
            lost.append(
                f"{person.name} at {made.url}: {answer.status_code} after typing into {', '.join(kept)}"
            )
        elif answer.status_code == 200 and TYPED not in answer.content.decode(
            "utf-8", errors="replace"
        ):
            lost.append(
                f"{person.name} at {made.url}: what was typed into {', '.join(kept)} is gone; draw the bound form again."
            )
    return lost


def test_a_form_that_refuses_shows_again_what_was_typed(people: dict[str, Person]) -> None:
    lost = _losses(people["outsider"], people["outsider"].public) + _losses(
        people["resident"], people["resident"].public
    )
    for name in ("clerk", "administrator"):
        ours = [
            made
            for made in people[name].staff
            if "design/" in made.body or "/console/account/" in made.url
        ]
        lost += _losses(people[name], ours)
    assert not lost, "\n".join(lost)
