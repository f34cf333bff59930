"""Database functions: one transition of a reservation or one step of it, one SQL file each.

Each runs in one call, so no lock is held while the network is waited for. Installed by `chalicelib.db.migrations`; they
can be tried in psql. `locks.sql` has the lock order.
"""
