"""What the city keeps: settings, addresses, catalogues and new folders."""
