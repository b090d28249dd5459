"""Pages of old sites, as they were saved or exported."""
