"""Tests of the edge, as a plain WSGI application and as server processes."""
