"""Appeals against glosas: what they, their receipts and their answers say as plain values, as XML and read back."""
