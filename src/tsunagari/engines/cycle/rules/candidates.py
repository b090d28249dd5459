"""What a candidate for the next action plan must say; drawn from drivers by the policy's three viewpoints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.kernel.i18n.texts import N_

Fault = tuple[str, str]
"""The field, and the sentence."""

STATES: Final[Mapping[str, str]] = {
    "open": N_("検討中"),
    "taken": N_("取り上げる"),
    "not_taken": N_("取り上げない"),
}
KINDS: Final = ("state_and_tokyo", "technology", "town")
"""国・都の情報政策, 技術動向, まちづくり: the viewpoints of the policy's section 4."""
LONGEST: Final = 1000
"""Letters of text and reason."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A candidate as it was typed: what the driver asks for, the measure (its public id, "" for something
    new), whether it is taken up, and why."""

    text: str
    measure: str
    state: str
    reason: str

    @property
    def seen(self) -> str:
        """What tells it from any other state of the candidate."""
        return print_of("\n".join((self.text, self.measure, self.state, self.reason)))


def faults_of(weighed: Weighed, *, decided: bool) -> list[Fault]:
    """What is wrong with it. `decided`: a decision to make something new rests on it."""
    faults: list[Fault] = []
    if not weighed.text:
        faults.append(("text", _("何をすることになるのかを入力してください。")))
    if weighed.state not in STATES:
        faults.append(("state", _("扱いを選んでください。")))
    elif weighed.state != "open" and not weighed.reason:
        faults.append(("reason", _("取り上げる理由、または取り上げない理由を入力してください。")))
    if decided and (weighed.state != "taken" or weighed.measure):
        sentence = _(
            "この候補をもとに「新規」の決定があります。先に、その決定を取り下げてください。"
        )
        faults.append(("state", sentence))
    for key in ("text", "reason"):
        if len(getattr(weighed, key)) > LONGEST:
            sentence = _("%(most)d文字までにしてください。") % {"most": LONGEST}
            faults.append((key, sentence))
    return faults
