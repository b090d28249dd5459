"""One file per command: `tsunagari <file name>`."""
