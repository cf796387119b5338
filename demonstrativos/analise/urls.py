"""Addresses of analise."""

from django.urls import URLPattern

app_name = "analise"
urlpatterns: list[URLPattern] = []
