"""Backups: database, uploads and keys in three parts with a manifest, and the way back with proof."""
