"""What clerks really paste, and what people with bad intentions would."""
