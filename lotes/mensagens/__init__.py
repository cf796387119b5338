"""Messages between a prestador and its operadora: threads of lots, attachments, informativos."""
