"""A field that takes whatever was typed."""

from typing import Any

from django import forms


class Anything(forms.Field):
    """Whatever was typed or ticked: what is wrong with it, the rules say."""

    def validate(self, value: Any) -> None:
        """Nothing here."""
