"""What a view may say of an answer that may be kept: what it was made of, and until when it is true. No Django."""

import re
from dataclasses import dataclass

KEEP_HEADER = "X-Tsunagari-Keep"
"""Internal header of an answer that may be kept: "names; query=a,b; until=seconds". The edge takes it off every
answer, kept or not."""

EVERYTHING = "*"
"""The name under which everything is purged; no answer is made of it."""

READ_ONLY = "tsunagari.read_only"
"""Key of the WSGI environ of a request in read-only mode: whoever would write on reading leaves it."""

LONGEST_NAME = 200
_NAME = re.compile(r"[A-Za-z0-9_.:/@+-]{1,200}")
_PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,50}")


def check_name(name: str) -> str:
    """The name of a thing that answers are made of ("content.page:4"); ValueError in a sentence for another shape."""
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} names nothing that a page is made of; write letters, digits and _ . : / @ + - only, "
            f"at most {LONGEST_NAME}, for example content.page:4."
        )
    return name


@dataclass(frozen=True, kw_only=True)
class Keep:
    """An answer may be kept: `names` of all that it was made of, the `query` parameters on which it depends (an
    address with any other is not kept), and the moment in seconds since 1970 at which it ends; None for no end."""

    names: frozenset[str]
    query: frozenset[str] = frozenset()
    until: float | None = None

    def header(self) -> str:
        """As it stands in the header. Raises ValueError for a name of another shape, or for none at all."""
        if not self.names:
            raise ValueError(
                "An answer made of nothing could never be purged; name what it was made of."
            )
        for parameter in self.query:
            if not _PARAMETER.fullmatch(parameter):
                raise ValueError(f"{parameter!r} is not the name of a parameter of an address.")
        words = [" ".join(sorted(check_name(name) for name in self.names))]
        words += [f"query={','.join(sorted(self.query))}"] if self.query else []
        words += [f"until={self.until!r}"] if self.until is not None else []
        return "; ".join(words)

    @classmethod
    def read(cls, header: str) -> "Keep | None":
        """What a header says; None where it is of another shape, for then nothing may be kept."""
        names, *rest = (part.strip() for part in header.split(";"))
        said = dict(part.partition("=")[::2] for part in rest)
        if not names or said.keys() - {"query", "until"}:
            return None
        try:
            until = float(said["until"]) if "until" in said else None
        except ValueError:
            return None
        query = frozenset(said.get("query", "").split(",")) - {""}
        return cls(names=frozenset(names.split()), query=query, until=until)
