"""Guide to the environment."""
