"""The database: connection, locks, tables, functions, views and migrations. The only package that imports psycopg."""
