"""What all stand on: who, when, what happened, how much, how it looks."""
