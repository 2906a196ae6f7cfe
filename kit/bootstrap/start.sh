#!/bin/sh
# Find a Python that PallKit runs on and hand over to bootstrap.py.
# PYTHON=/path/to/python3.12 make run  chooses one by hand.
here=$(cd "$(dirname "$0")" && pwd)

usable() {  # exists, is 3.11 or newer, and is no older pyenv shim that only prints an error
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

with_venv() {  # Debian leaves ensurepip out of python3: then another Python may have it
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

chosen=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python3.14 python}; do
    usable "$python" || continue
    chosen=${chosen:-$python}
    with_venv "$python" && chosen=$python && break
done

if [ -z "$chosen" ]; then
    case ${PALLKIT_LANG:-${LC_ALL:-${LC_MESSAGES:-$LANG}}} in
        en*) echo "PallKit needs Python 3.11 or newer. Debian and Ubuntu: apt install python3 python3-venv. Others: python.org" ;;
        nn*) echo "PallKit treng Python 3.11 eller nyare. Debian og Ubuntu: apt install python3 python3-venv. Andre: python.org" ;;
        *) echo "PallKit trenger Python 3.11 eller nyere. Debian og Ubuntu: apt install python3 python3-venv. Andre: python.org" ;;
    esac >&2
    exit 2
fi
exec "$chosen" "$here/bootstrap.py" "$@"
