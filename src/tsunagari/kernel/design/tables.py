"""Columns of a table given as data: each cell knows its column, so that a narrow screen can name it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its title, and whether it holds numbers (right-aligned, digits of one width)."""

    title: str
    number: bool = False
