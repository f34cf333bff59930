"""Views, one SQL file each. `chalicelib.db.migrations` installs them. Each can be queried in psql."""
