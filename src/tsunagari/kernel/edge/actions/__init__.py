"""What is done at the edge."""
