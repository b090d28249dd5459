"""Commands of the city's pages."""
