"""What is read of a plan's year."""
