"""Documents as tagged PDF, typeset by Typst from data."""
