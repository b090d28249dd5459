"""What may be put up: pictures and files, judged by what is in them and not by their names."""
