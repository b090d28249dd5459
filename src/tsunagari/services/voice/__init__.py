"""The city's voice (third plan, priority field 7): telling and listening."""
