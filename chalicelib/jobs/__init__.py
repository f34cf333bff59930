"""Work that no shopper starts: expiry messages, sweep, purge, publisher, audit and migration."""
