"""A file for the trustee: nobody else opens it, no byte of it can be changed, its length tells nothing."""

import pytest

from teamhealth.errors import RefusedError
from teamhealth.trustee import keypair, sealing

PAIR = keypair.make("Works council", "")
OTHER = keypair.make("Somebody else", "")
LINES = [b"first\n", *(b"%d " % n + b"x" * 5_000 + b"\n" for n in range(30)), b"end\n"]


def _written(path, lines=LINES, size=400_000, survey="spring"):
    path.write_bytes(
        b"".join(sealing.seal(lines, PAIR.public.box, survey, size=size, key=bytes(32)))
    )
    return path


def _read(path, pair=PAIR):
    return [line for line in sealing.unsealed(path, pair.box) if line.strip()]


@pytest.mark.parametrize("size", [0, 65_536, 151_000, 400_000])
def test_what_was_written_is_read_line_by_line(tmp_path, size):
    assert _read(_written(tmp_path / "box", size=size)) == [line.strip() for line in LINES]


def test_the_length_is_the_same_however_many_answered(tmp_path):
    lengths = {
        _written(tmp_path / "box", LINES[:number]).stat().st_size for number in (1, 2, 12, 31)
    }

    assert len(lengths) == 1


def test_nobody_else_opens_it(tmp_path):
    with pytest.raises(RefusedError, match="not made for this key"):
        _read(_written(tmp_path / "box"), OTHER)


@pytest.mark.parametrize("at", [100, 70_000, 200_000, -1])
def test_a_changed_byte_is_noticed(tmp_path, at):
    path = _written(tmp_path / "box")
    body = bytearray(path.read_bytes())
    body[at] ^= 1
    path.write_bytes(body)

    with pytest.raises(RefusedError):
        _read(path)


@pytest.mark.parametrize("piece", [0, 1, 3])
def test_a_missing_piece_is_noticed(tmp_path, piece):
    path = _written(tmp_path / "box")
    head, _, rest = path.read_bytes().partition(b"\n")
    length = sealing.PIECE + 16
    pieces = [rest[at : at + length] for at in range(0, len(rest), length)]
    path.write_bytes(head + b"\n" + b"".join(pieces[:piece] + pieces[piece + 1 :]))

    with pytest.raises(RefusedError, match="damaged, cut off or was changed"):
        _read(path)


def test_a_file_of_one_survey_is_none_of_another(tmp_path):
    path = _written(tmp_path / "box", survey="spring")
    path.write_bytes(path.read_bytes().replace(b"spring", b"summer", 1))

    with pytest.raises(RefusedError, match="not made for this key"):
        _read(path)


@pytest.mark.parametrize("body", [b"", b"\n", b"{}\n", b"PK\x03\x04", b'{"format":"x"}\nabc'])
def test_what_is_no_such_file_is_refused(tmp_path, body):
    (tmp_path / "box").write_bytes(body)

    with pytest.raises(RefusedError, match="not a file for a trustee"):
        _read(tmp_path / "box")
