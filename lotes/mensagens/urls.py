"""Addresses of mensagens."""

from django.urls import URLPattern

app_name = "mensagens"
urlpatterns: list[URLPattern] = []
