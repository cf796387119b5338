"""Screens of lotes."""

from django.urls import URLPattern

app_name = "lotes"
urlpatterns: list[URLPattern] = []
