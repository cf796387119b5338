"""Messages of the standard other than lots: trees of plain values written as XML by the XSD of a version, and back."""
