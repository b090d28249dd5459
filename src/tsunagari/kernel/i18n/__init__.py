"""Language and calendar of a Japanese city: texts, eras, fiscal years, kana and widths."""
