"""What is measured -> figures beside a floor of the same run."""
