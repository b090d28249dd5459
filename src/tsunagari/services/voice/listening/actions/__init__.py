"""What is done to letters, calls for comments and opinions."""
