"""What the local platform tells its user instead of a traceback."""


class PlatformError(Exception):
    """One sentence saying what is wrong and what to do about it."""
