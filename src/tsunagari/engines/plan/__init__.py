"""The city's plans: measures, indicators, targets and results, and how far each has come."""
