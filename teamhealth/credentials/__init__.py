"""The cryptography of an answer: codes, blind signatures, envelopes, Merkle tree.

Pure: keys and randomness come in as arguments. Promise: every byte agrees with
docs/protocol.md and with the figures of RFC 9474 and RFC 9180.
"""
