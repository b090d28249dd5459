"""An old site that is brought over: a small one of 2009, made up here, and an export of SHIRASAGI."""
