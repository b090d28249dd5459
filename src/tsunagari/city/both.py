"""What an operator reads is said in Japanese and in English, one below the other."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Both:
    """One thing said in both languages."""

    ja: str
    en: str

    def __str__(self) -> str:
        return f"{self.ja}\n  {self.en}"
