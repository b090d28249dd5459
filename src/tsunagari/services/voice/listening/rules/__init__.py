"""What is decided without a database: numbers, codes, phases, who may, when something is erased."""
