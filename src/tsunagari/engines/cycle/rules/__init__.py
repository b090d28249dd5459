"""What can be decided of a plan's year without a database."""
