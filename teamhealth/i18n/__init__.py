"""Words in six languages: phrases, direction, dates and numbers."""
