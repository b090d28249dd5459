"""Checks that stand above the rooms: rules of the house, promises of every service, and people in a browser."""
