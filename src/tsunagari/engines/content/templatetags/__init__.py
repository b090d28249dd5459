"""Template tags of the city's pages."""
