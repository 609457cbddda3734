"""What is said in the place of everything that is not shown: no number and no reason."""

SHOWN, PROTECTED = "shown", "protected"
SENTENCE = "Not shown, to protect anonymity."


def protected() -> dict[str, object]:
    """Return what stands in the place of a hidden cell in the JSON export."""
    return {"state": PROTECTED, "sentence": SENTENCE}
