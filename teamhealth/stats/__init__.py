"""Numbers with their uncertainty: interval, change, comparison.

Pure: every function takes figures and returns a small frozen result. Nothing here
takes a person's answers: what it says follows from what is released.
"""
