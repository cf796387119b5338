"""Screens of messages, attachments and informativos."""
