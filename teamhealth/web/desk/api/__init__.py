"""The interface for programs, version 1: what an account may read, as JSON, with a token of its own.

Promises: only reading; only with a token, which counts nowhere else, while no signed-in
browser counts here; everything through the same gate as the pages (``reading.result``); no
line of the log holds a token or a path. What it answers stands in ``document``, an OpenAPI
document that tests hold it to; docs/api.md is for people.
"""
