"""Flash-sale stock reservation: the code of the Lambda functions. The entry points are in `app.py`."""
