"""Migrations of the edge."""
