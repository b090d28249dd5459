"""Tsunagari: a city's informatization plan and the services that carry it out, as one system."""
