"""What a service and an engine are, and the door at which their declarations are checked."""
