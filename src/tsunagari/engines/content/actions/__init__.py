"""What changes the city's pages: one verb, one file."""
