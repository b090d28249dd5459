"""What processes write to their error stream: lines that say what happened, and nothing about a person."""
