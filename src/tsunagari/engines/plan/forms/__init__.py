"""What clerks type into the plan's screens, and what is said when it does not fit."""
