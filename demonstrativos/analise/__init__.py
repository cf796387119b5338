"""The analysis of a received protocol: guide by guide, item by item, what is refused and what is paid."""
