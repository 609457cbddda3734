"""The respondent's door: no cookie, no session, no trace of who came through it."""
