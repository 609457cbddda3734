"""What a process of the count does: open batches of rows until its standard input ends.

``fanning`` starts it. It writes nothing but what ``Opener`` made of a batch, or the name
of a fault's class, and dumps no core: its memory holds key and answers.
"""

import pickle
import signal
import sys
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from teamhealth.results.opening import Opened, Opener

try:
    import resource
except ImportError:  # Windows dumps no core
    resource = None  # type: ignore[assignment]


def serve() -> None:
    """Be told the survey and its key, then open batch after batch."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    for number in (signal.SIGINT, signal.SIGTERM):  # who started us decides, and ends our input
        signal.signal(number, signal.SIG_IGN)
    if resource is not None:
        with suppress(OSError, ValueError):  # a service that may not has no cores by its unit
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    survey, box, form, scoring = pickle.load(incoming)  # noqa: S301 - whoever started us wrote it
    key = load_der_private_key(box, None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("not a box key")
    opener = Opener(survey, key, form, scoring)
    while True:
        try:
            batch = pickle.load(incoming)  # noqa: S301
        except EOFError:
            return
        outgoing.write(pickle.dumps(_result(opener, batch)))
        outgoing.flush()


def _result(opener: Opener, batch: list) -> Opened | str:  # type: ignore[type-arg]
    try:
        return opener.open(batch)
    except Exception as fault:  # noqa: BLE001 - its words may hold answers, its name does not
        return type(fault).__name__
