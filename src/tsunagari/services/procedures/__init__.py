"""Procedures: what residents apply for, at home and at the counter."""
