"""Questions and answers for families."""
