"""HTTP: routes, requests, replies, and the one table from errors to statuses."""
