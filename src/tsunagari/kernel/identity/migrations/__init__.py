"""Database migrations of identity."""
