"""``teamhealth demo``: a sample organisation with a past, made by the product itself.

Promise: nothing is faked. Its roster is imported, its surveys are launched, answered
through the respondent's door and counted by the code that everybody runs; only the
calendar is turned back meanwhile. It lives in a home of its own and touches no other.
"""
