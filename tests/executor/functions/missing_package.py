"""A function that needs a package which its zip file does not hold, though the development environment does."""

import chalice

handler = chalice.Chalice(app_name="missing")
