"""What is done to marks."""
