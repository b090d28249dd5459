"""What childcare_info keeps."""
