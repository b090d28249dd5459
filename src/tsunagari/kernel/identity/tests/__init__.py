"""What identity promises, told about people."""
