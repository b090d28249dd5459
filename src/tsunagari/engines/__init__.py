"""What a city can do: each engine is one folder with the same drawers."""
