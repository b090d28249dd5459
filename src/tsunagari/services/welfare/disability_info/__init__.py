"""Guide for people with disabilities."""
