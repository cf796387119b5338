"""The portal's own books, looked through at night: it says what does not add up, and repairs nothing."""
