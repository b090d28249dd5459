"""One search over everything that rooms put into it: pages, questions, measures, services."""
