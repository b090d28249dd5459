"""What environment_info keeps."""
