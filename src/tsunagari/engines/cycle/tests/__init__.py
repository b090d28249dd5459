"""What cycle keeps."""
