"""The whole public site as files that any web server can serve, for the hours when this one cannot."""
