"""What can be decided about a page without a database: its faults, their mends, and how foreign text is cleaned."""
