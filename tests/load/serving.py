"""Runs the edge's server with two processes: python -m tests.load.serving MODULE PORT."""

import sys

import django

from tsunagari.kernel.edge.api import Listening, serve

if __name__ == "__main__":
    django.setup()
    serve(
        sys.argv[1],
        Listening(host="127.0.0.1", port=int(sys.argv[2]), processes=2, threads=4),
        ready=lambda: print("ready", flush=True),
    )
