"""Passwords of the cast are hashed once over: guarding them well takes half a second, and each test makes its people anew."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPasswords(PBKDF2PasswordHasher):
    """As in production, with a single round."""

    iterations = 1
