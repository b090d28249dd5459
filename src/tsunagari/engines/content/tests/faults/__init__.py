"""What each rule finds, what it must leave alone, and what its mend writes."""
