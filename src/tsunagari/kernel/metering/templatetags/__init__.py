"""What metering's templates may say."""
