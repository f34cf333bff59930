"""HTTP: routes, requests, replies, and the table that maps errors to statuses."""
