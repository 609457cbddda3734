"""Checking a survey from outside, as anybody may: no login, no database, no settings.

What a works council runs on a machine of its own against somebody else's server
(``teamhealth verify``, ``python -m teamhealth.verifying``). Promises: it asks only what a
respondent's browser asks, says what it asked, and uses no code of the web but the list of
scripts; what it could not see it calls so.
"""
