"""Addresses of painel."""

from django.urls import URLPattern

app_name = "painel"
urlpatterns: list[URLPattern] = []
