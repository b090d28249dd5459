"""Commands of the work behind the pages."""
