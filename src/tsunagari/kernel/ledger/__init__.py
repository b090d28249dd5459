"""What happened: one append-only table, positions without gaps, and projections that follow it."""
