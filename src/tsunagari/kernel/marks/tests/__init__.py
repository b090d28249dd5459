"""Tests of the marks."""
