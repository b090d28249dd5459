"""The services the city's plan asks for: a folder per field, a folder per service."""
