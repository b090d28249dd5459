"""The thin layer before Django: it counts page views and will answer cached pages."""
