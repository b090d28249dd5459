"""Runs the edge's server: python -m tests.load.serving MODULE PORT [PROCESSES], two processes unless told."""

import sys

import django

from tsunagari.kernel.edge.server import Listening, serve

if __name__ == "__main__":
    django.setup()
    serve(
        sys.argv[1],
        Listening(
            host="127.0.0.1", port=int(sys.argv[2]), processes=int([*sys.argv, "2"][3]), threads=4
        ),
        ready=lambda: print("ready", flush=True),
    )
