"""The questionnaire: themes, items, forms and practices, loaded once and frozen.

Reads files through ``content``; knows no Flask and no database.
"""
