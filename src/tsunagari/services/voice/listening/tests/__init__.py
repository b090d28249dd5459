"""What listening keeps."""
