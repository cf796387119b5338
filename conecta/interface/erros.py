"""Error pages that Django asks for by a view and not only by a template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old (settings.CSRF_FAILURE_VIEW). `reason` is Django's, for logs only."""
    return render(request, "403_csrf.html", status=403)
