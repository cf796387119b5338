"""What an operadora answers to a lot and to who asks for it: its protocol, how far it is, or why it is refused."""
