"""Reads of the city's pages: everything that residents see comes from what is published."""
