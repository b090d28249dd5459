"""What people type for a plan's year, and what is said when it does not fit."""
