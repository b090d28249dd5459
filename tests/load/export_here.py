"""Exports the site with its many pages twice and prints both as JSON: python -m tests.load.export_here FOLDER."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

import django

if __name__ == "__main__":
    django.setup()
    from tsunagari.city.export import making
    from tsunagari.kernel.i18n.clock import system_clock

    begins = making.starting_addresses
    making.starting_addresses = lambda: [*begins(), "/many/1/", "/en/many/1/"]
    for _ in range(2):
        begun = perf_counter()
        made = making.make_export(
            Path(sys.argv[1]),
            processes=os.cpu_count() or 1,
            now=system_clock(),
            say=lambda _: None,
        )
        print(json.dumps(asdict(made) | {"seconds": perf_counter() - begun}))
