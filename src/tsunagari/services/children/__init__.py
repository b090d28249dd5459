"""The field children of the plan."""
