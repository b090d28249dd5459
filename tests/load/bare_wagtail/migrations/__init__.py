"""Migrations of the bare Wagtail."""
