"""Why something was not done."""


class Refused(ValueError):
    """Nothing was written; the text says why and what to do."""


class NotYours(PermissionError):
    """Somebody else does this; the text says who."""


class Overtaken(RuntimeError):
    """Somebody else saved first. `theirs` is what stands now, by the name of the field; `version` is what the
    form is to send next time, so that a second try counts."""

    def __init__(self, *, theirs: dict[str, str], version: str) -> None:
        super().__init__()
        self.theirs = theirs
        self.version = version


class TooLate(Refused):
    """Opinions are not taken any more, or not yet."""
