"""What is done to jobs: one verb, one file."""
