"""Why something that was put up is not kept."""

from tsunagari.engines.content.rules.sentences import Sentence, say


class UploadRefused(ValueError):
    """A picture or file that is not kept; `said` tells whoever chose it what is wrong and what to do."""

    def __init__(self, words: str, **values: str | int) -> None:
        self.said: Sentence = say(words, **values)
        super().__init__(self.said.told(str))
