"""How jobs behave when machines fail."""
