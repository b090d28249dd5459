"""A bare Wagtail, as `wagtail start` makes one, whose only page holds the measured page's content."""
