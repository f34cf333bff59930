"""Postgres: the only place that knows psycopg."""
