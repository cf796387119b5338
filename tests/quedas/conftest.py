"""A portal whose leases end soon, so that what died with its worker is taken back within a test."""

import pytest

from tests.portal import Portal

CURTOS = {"FILA_ARRENDAMENTO_SEGUNDOS": "4", "FILA_VARREDURA_SEGUNDOS": "1"}


@pytest.fixture
def portal(_portal_da_sessao: Portal) -> Portal:
    """The portal of the session with short leases and a sweep every second."""
    return _portal_da_sessao.ligar(**CURTOS)
