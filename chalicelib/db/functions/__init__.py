"""Database functions, one SQL file for each transition of a reservation and for each step that transitions share.

A transition is one call of one function, so no lock is held across a network round trip. `chalicelib.db.migrations`
installs the files. Each function can be called in psql. `locks.sql` defines the lock order.
"""
