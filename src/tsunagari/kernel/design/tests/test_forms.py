"""A Django form takes on the look, and a date is typed as people write it."""

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override

from tsunagari.kernel.design.forms import EraDateField


class Application(forms.Form):
    """What the resident of these tests fills in."""

    name = forms.CharField(label="お名前", help_text="戸籍のとおりに")
    memo = forms.CharField(label="備考", required=False)
    born = EraDateField(label="生年月日")


def answers(**given: str) -> dict[str, str]:
    return {"name": "花子", "born_0": "S", "born_1": "30", "born_2": "4", "born_3": "1", **given}


def test_a_form_says_in_words_what_is_required_and_what_is_not() -> None:
    drawn = Application().render()
    assert drawn.count("必須") == 2
    assert drawn.count("任意") == 1


def test_the_hint_stands_above_the_field_and_is_read_with_it() -> None:
    drawn = Application().render()
    assert drawn.index('id="id_name_helptext"') < drawn.index('id="id_name"')
    assert 'aria-describedby="id_name_helptext"' in drawn


def test_an_error_stands_at_its_field_and_what_was_typed_stays() -> None:
    drawn = Application(answers(name="", memo="また来ます")).render()
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "また来ます" in drawn


class Money(forms.Form):
    """A question whose name is looked up in the reader's language only when it is drawn."""

    cost = forms.IntegerField(
        label=gettext_lazy("人件費"), error_messages={"invalid": "整数で入力してください。"}
    )


def test_the_summary_names_the_field_whose_error_does_not() -> None:
    form = Money({"cost": "たくさん"})
    assert not form.is_valid()
    drawn = render_to_string("cotton/error_summary.html", {"form": form, "focus": "yes"})
    assert ">人件費：整数で入力してください。</a>" in drawn


def test_a_date_of_an_era_is_read() -> None:
    form = Application(answers())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1955, 4, 1)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"born_0": "R", "born_1": "元", "born_2": "5"}, date(2019, 5, 1)),
        ({"born_0": "", "born_1": "１９５５"}, date(1955, 4, 1)),
        ({"born_0": "H", "born_1": "３１"}, date(2019, 4, 1)),
    ],
)
def test_a_date_is_read_as_people_write_it(given: dict[str, str], meant: date) -> None:
    form = Application(answers(**given))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == meant


def test_a_standing_date_has_its_era_in_japanese_and_the_calendars_year_elsewhere() -> None:
    held = {"born": date(2026, 4, 30)}
    assert 'value="8"' in Application(initial=held).render()
    with override("en"):
        drawn = Application(initial=held).render()
    assert 'value="2026"' in drawn
    assert '<option value="R" selected' not in drawn


def test_a_day_that_an_era_did_not_see_is_refused_with_what_was_meant() -> None:
    form = Application(answers(born_0="H", born_1="31", born_2="5"))
    assert "令和元年5月1日" in str(form.errors["born"])


def test_a_date_half_typed_says_what_is_missing() -> None:
    form = Application(answers(born_2=""))
    assert "年・月・日をすべて入力してください" in str(form.errors["born"])


def test_a_known_date_is_shown_in_its_era() -> None:
    drawn = Application(initial={"born": date(2019, 5, 1)}).render()
    assert '<option value="R" selected>' in drawn
    assert 'name="born_1" value="1"' in drawn


def test_eras_are_named_in_the_readers_language() -> None:
    with override("en"):
        drawn = Application().render()
    assert ">Reiwa</option>" in drawn
    assert "令和" not in drawn
    assert ">令和</option>" in Application().render()


class Consent(forms.Form):
    """One box to tick."""

    agreed = forms.BooleanField(label="利用規約に同意します", help_text="いつでも取り消せます")


def test_a_single_box_has_its_words_beside_it_once() -> None:
    drawn = Consent().render()
    assert drawn.count("利用規約に同意します") == 1
    assert drawn.index('type="checkbox"') < drawn.index("利用規約に同意します")
