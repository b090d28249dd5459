"""Language and calendar, tried at their edges."""
