"""What changes plans: one verb, one file."""
