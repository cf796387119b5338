"""An invented little world to try the portal in: organisations, people, contracts, beneficiários and files."""
