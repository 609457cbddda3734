"""The desk: surveys, results and reports for HR and leaders."""
