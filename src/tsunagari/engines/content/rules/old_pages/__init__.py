"""Pages of an old site made new: saved HTML, and the CSV that SHIRASAGI exports, become one kind of old page."""
