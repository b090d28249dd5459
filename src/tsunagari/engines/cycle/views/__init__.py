"""The public pages of closed years: reports, a measure's year, the years side by side, and their files."""
