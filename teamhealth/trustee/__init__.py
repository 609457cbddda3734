"""What a trustee runs on a machine of its own: keys, rehearsal, count; and the files that travel.

A trustee, such as a works council, holds the key of the box, which the server never had.
Promises: a key counts once and is then destroyed; nothing is written unless everything
fits what was published; no file between the two tells how many answered.
Needs neither server nor database: ``python -m teamhealth.trustee`` (docs/trustee.md).
"""
