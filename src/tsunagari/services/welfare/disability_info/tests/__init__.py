"""What disability_info keeps."""
