"""Publishing: the city's pages, from a clerk's draft to what a resident reads."""
