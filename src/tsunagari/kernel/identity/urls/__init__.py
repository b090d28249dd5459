"""Addresses of the two entrances: residents.py and staff.py, each mounted by the city."""
