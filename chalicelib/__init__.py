"""Flash-sale stock reservation: everything that reaches the Lambda package beside app.py."""
