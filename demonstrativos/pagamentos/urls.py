"""Addresses of pagamentos."""

from django.urls import URLPattern

app_name = "pagamentos"
urlpatterns: list[URLPattern] = []
