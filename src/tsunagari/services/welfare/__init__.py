"""The field welfare of the plan."""
