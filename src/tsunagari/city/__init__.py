"""This installation: settings, addresses and the city pack. It alone knows every engine and service."""
