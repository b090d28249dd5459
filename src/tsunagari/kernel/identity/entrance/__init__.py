"""The two entrances: who comes in where, and how the login library is bent to it."""
