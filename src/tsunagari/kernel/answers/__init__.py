"""How the API of every room answers: in the reader's language, openly, and with refusals in one shape."""
