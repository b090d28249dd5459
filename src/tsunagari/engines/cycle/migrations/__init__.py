"""Migrations of the yearly cycle."""
