"""Addresses of emissao."""

from django.urls import URLPattern

app_name = "emissao"
urlpatterns: list[URLPattern] = []
