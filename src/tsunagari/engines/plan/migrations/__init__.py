"""Steps of the plan tables."""
