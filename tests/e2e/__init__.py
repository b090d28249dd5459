"""People in a browser: the whole platform as its users meet it, served and worked as in a city."""
