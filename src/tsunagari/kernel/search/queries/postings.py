"""Which entries hold a word, as each database answers it best; every answer is bounded by its question."""

from collections.abc import Iterable, Sequence

from django.db import connection

Row = tuple[int, int, int]
"""Term, document, impact."""


def best(terms: Iterable[int], limit: int) -> list[Row]:
    """For each word the entries in which it says most, at most `limit` each."""
    chosen = list(dict.fromkeys(terms))
    if not chosen:
        return []
    one = "SELECT * FROM (SELECT term_id, document_id, impact FROM search_posting WHERE term_id = %s ORDER BY impact DESC, document_id LIMIT %s) AS p{}"
    sql = " UNION ALL ".join(one.format(at) for at in range(len(chosen)))
    return _rows(sql, [held for term in chosen for held in (term, limit)])


def held(terms: Sequence[int], documents: Sequence[int]) -> list[Row]:
    """Which of these entries hold which of these words."""
    if not terms or not documents:
        return []
    if connection.vendor == "postgresql":
        # One index probe for each pair: the planner would rather read all of a common word's rows.
        sql = (
            "SELECT p.term_id, p.document_id, p.impact FROM unnest(%s::int[]) AS t(id) CROSS JOIN LATERAL ("
            "SELECT term_id, document_id, impact FROM search_posting"
            " WHERE term_id = t.id AND document_id = ANY(%s::int[])) AS p"
        )
        return _rows(sql, [list(terms), list(documents)])
    return _rows(
        f"SELECT term_id, document_id, impact FROM search_posting WHERE term_id IN ({_numbers(terms)}) AND document_id IN ({_numbers(documents)})",  # noqa: S608 - whole numbers only
        [],
    )


def both(one: int, other: int, *, walk: int, limit: int) -> list[int]:
    """Entries that hold both words, among the `walk` in which the first says most."""
    sql = (
        "SELECT p.document_id FROM (SELECT document_id FROM search_posting WHERE term_id = %s"
        " ORDER BY impact DESC, document_id LIMIT %s) AS d"
        " JOIN search_posting AS p ON p.term_id = %s AND p.document_id = d.document_id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [one, walk, other, limit])
        return [row[0] for row in cursor.fetchall()]


def write(rows: Sequence[Row]) -> None:
    """Put rows in; none of them may stand there already."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO search_posting (term_id, document_id, impact) SELECT * FROM unnest(%s::int[], %s::int[], %s::smallint[])",
                [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
            )
        else:
            cursor.executemany(
                "INSERT INTO search_posting (term_id, document_id, impact) VALUES (%s, %s, %s)",
                rows,
            )


def erase(pairs: Sequence[tuple[int, int]]) -> None:
    """Take rows out, by (term, document)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "DELETE FROM search_posting AS p USING unnest(%s::int[], %s::int[]) AS d(term, document) WHERE p.term_id = d.term AND p.document_id = d.document",
                [[pair[0] for pair in pairs], [pair[1] for pair in pairs]],
            )
        else:
            cursor.executemany(
                "DELETE FROM search_posting WHERE term_id = %s AND document_id = %s", pairs
            )


def add_numbers(changes: Sequence[tuple[int, int]]) -> None:
    """Change how many entries hold a word, by (term, more or fewer)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE search_term AS t SET number = t.number + d.more FROM unnest(%s::int[], %s::int[]) AS d(term, more) WHERE t.id = d.term",
                [[change[0] for change in changes], [change[1] for change in changes]],
            )
        else:
            cursor.executemany(
                "UPDATE search_term SET number = number + %s WHERE id = %s",
                [(more, term) for term, more in changes],
            )


def _numbers(values: Iterable[int]) -> str:
    return ",".join(str(int(value)) for value in values)


def _rows(sql: str, values: list[int] | list[list[int]]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]
