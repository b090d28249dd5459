"""Pages of letters to the city and of calls for comments."""
