"""Pages of accounts, posts and keys."""
