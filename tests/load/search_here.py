"""Fills one installation's index step by step and asks it at each: python -m tests.load.search_here SIZE…"""

import json
import resource
import sys
import time
from datetime import UTC, datetime

import django

ASKED = 400
ROUNDS = 3
"""How often every question is asked; one round lies too near to whatever else the machine does in these ten seconds."""
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def main(sizes: list[int]) -> None:
    """One line of JSON: by size the times of filling and asking."""
    from django.db import connection  # noqa: PLC0415 - models are ready only now

    from tests.load.search_texts import Texts  # noqa: PLC0415
    from tsunagari.kernel.i18n.morphemes import morphemes  # noqa: PLC0415
    from tsunagari.kernel.search import api  # noqa: PLC0415

    before, begun = _memory(), time.perf_counter()
    morphemes("起動")
    first, texts, found, done = time.perf_counter() - begun, Texts(), {}, 0
    found["dictionary"] = {"seconds": first, "megabytes": _memory() - before}
    for size in sizes:
        begun = time.perf_counter()
        api.put(texts.entries(done, size))
        filled, done = time.perf_counter() - begun, size
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM ANALYZE")
                cursor.execute("CHECKPOINT")  # what filling left to be written is no part of asking
        found[str(size)] = {"filled": filled, **_asked(texts.questions(ASKED))}
    print(json.dumps(found))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _asked(questions: list[str]) -> dict[str, float | str]:
    """Milliseconds of whole calls: half, 95 of 100, the longest and its question; the processor's share."""
    from tsunagari.kernel.search import api  # noqa: PLC0415

    for question in questions[:40]:
        api.find(question, language="ja", at=NOW)
    times: list[tuple[float, str]] = []
    processor = time.process_time()
    for question in questions * ROUNDS:
        begun = time.perf_counter()
        api.find(question, language="ja", at=NOW)
        times.append(((time.perf_counter() - begun) * 1000, question))
    processor = (time.process_time() - processor) * 1000 / len(times)
    begun = time.perf_counter()
    for typed in ("じゅうみ", "て", "gom", "住民", "ほけ"):
        api.suggest(typed, language="ja")
    suggested = (time.perf_counter() - begun) * 1000 / 5
    times.sort()
    return {
        "p50": times[len(times) // 2][0],
        "p95": times[int(len(times) * 0.95)][0],
        "longest": times[-1][0],
        "longest question": times[-1][1],
        "processor": processor,
        "suggest": suggested,
    }


if __name__ == "__main__":
    django.setup()
    main([int(word) for word in sys.argv[1:]])
