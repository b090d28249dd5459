"""Files that not everybody may read: kept sealed outside the media folder, given out only after a check."""
