"""Following a file's work: from the page that shows it on to the history with the result."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.urls import reverse

from uploads.models import Arquivo

ACOMPANHAR = "acompanhar"
"""Parameter of the file's page for whoever has just put it to work: when it is done they go on to the history."""


def acompanhar(arquivo: Arquivo, slug: str) -> HttpResponseRedirect:
    """Go and watch the file being processed, however soon it is done."""
    pagina = reverse("uploads:arquivo", kwargs={"slug": slug, "pk": arquivo.pk})
    return HttpResponseRedirect(f"{pagina}?{ACOMPANHAR}=1")
