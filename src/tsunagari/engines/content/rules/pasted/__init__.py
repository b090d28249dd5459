"""Text from elsewhere made plain: HTML from Word, Excel, Google Docs or an old page becomes blocks and notes."""
