"""Screens of uploads, by what a person does: send, find, look at one file, correct it."""
