"""Listening to residents: letters to the city, and public comments on what it plans."""
