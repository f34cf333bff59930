"""What runs without a shopper: expiry messages, the sweep, the purge, the publisher, and their schedule."""
