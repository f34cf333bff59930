#!/bin/sh
# Prints a Python 3.13 that can make virtual environments: from PATH, from pyenv or from uv.
fits='import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 13))'

for candidate in python3.13 python3 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python \
    "$(uv python find 3.13 2>/dev/null)"; do
    if [ -n "$candidate" ] && "$candidate" -c "$fits" >/dev/null 2>&1; then
        exec "$candidate" -c 'import sys; print(sys.executable)'
    fi
done

echo "Python 3.13 with venv was not found: install it (python.org, \`pyenv install 3.13\` or \`uv python install 3.13\`; \
on Debian also python3.13-venv)." >&2
exit 1
