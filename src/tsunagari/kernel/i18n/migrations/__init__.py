"""Migrations of the translations."""
