"""Commands of the store of files."""
