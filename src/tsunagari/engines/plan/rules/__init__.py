"""What needs no database: how progress is judged, what a stage's years can be, what a pack must say."""
