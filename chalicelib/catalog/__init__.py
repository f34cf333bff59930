"""What operators do to products."""
