"""What people type, and what is said when it does not fit."""
