"""The rules no linter sees: each takes the root of a checkout and yields sentences with culprit and mend."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house.rules import cities, doors, flow, modules, pages, texts

Rule = Callable[[Path], Iterator[str]]
"""From the root of a checkout to sentences on what breaks the rule; none where it is kept."""

RULES: tuple[Rule, ...] = (
    cities.the_code_names_no_city,
    doors.strings_name_only_ones_own_models_or_the_kernels,
    doors.wagtail_stands_in_consoles_only,
    flow.the_clock_is_passed_in,
    flow.the_ledger_is_written_in_actions_only,
    flow.an_action_starts_no_task,
    flow.there_are_no_signals_of_our_own,
    modules.every_folder_of_modules_is_a_package,
    modules.every_module_opens_with_a_sentence,
    modules.functions_fit_on_a_screen,
    modules.modules_are_named_after_what_they_hold,
    modules.folders_bear_words_and_no_plan_numbers,
    pages.templates_draw_on_their_own_folder_and_design,
    pages.components_stand_in_design_only,
    pages.nothing_is_written_inline,
    pages.nothing_comes_from_another_host,
    texts.every_text_has_its_english,
    texts.japanese_on_a_page_is_marked,
    texts.every_setting_is_documented,
    texts.generated_pages_are_fresh,
)
