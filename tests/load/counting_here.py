"""Prints the medians of a bare and a counted call in this process: python -m tests.load.counting_here."""

import django

from tests.load.counting import in_one_process, marked
from tsunagari.kernel.edge.wrapper import Edge

if __name__ == "__main__":
    django.setup()
    from tsunagari.kernel.metering import api as metering

    metering.start_flushing()
    print(*in_one_process(Edge(marked, metering.count_view)))
    metering.stop_flushing()
