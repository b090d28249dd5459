"""Whether this installation is fit for a city: what is looked at, what is found, and how it is mended."""
