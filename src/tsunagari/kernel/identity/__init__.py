"""Who: residents and staff apart, divisions, posts and keys."""
