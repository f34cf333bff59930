"""Views: how rows read now, one SQL file each. Installed by `chalicelib.db.migrations`; they can be tried in psql."""
