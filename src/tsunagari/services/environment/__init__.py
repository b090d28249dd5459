"""The field environment of the plan."""
