"""What can be decided about words without a database."""
