"""The rules of the house: what import-linter holds and what no linter sees."""
