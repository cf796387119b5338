"""Where ANS's files of older versions of the standard are, for the tests that try them."""

from __future__ import annotations

import os
from pathlib import Path

_VIZINHA = Path(__file__).resolve().parents[1].parent / "shared" / "tiss" / "schemas"
AVULSAS = Path(os.environ.get("TISS_ESQUEMAS_TESTE") or _VIZINHA)
"""A folder for each version. Where it is not there, what needs it is left out."""
