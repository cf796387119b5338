"""Addresses of notas."""

from django.urls import URLPattern

app_name = "notas"
urlpatterns: list[URLPattern] = []
