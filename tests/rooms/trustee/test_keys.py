"""The trustee's keys: behind a passphrase, printed and typed in again, destroyed for good."""

import re

import pytest

from teamhealth.errors import NotFoundError, RefusedError, WrongUseError
from teamhealth.trustee import commands, parties, printed
from teamhealth.trustee.keyfile import KeyFile
from tests.trustees import ADDRESS, COUNCIL, Laptop

LINE = re.compile(r"<li>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3} [0-9A-Z]{2})</li>")


@pytest.fixture
def laptop(tmp_path):
    found = Laptop(tmp_path / "keys", passphrase="four words in a row")
    found.keygen()
    return found


def _sheet(laptop):
    return LINE.findall((laptop.folder / printed.BACKUP_FILE).read_text("utf-8"))


def test_the_key_file_holds_nothing_in_clear_and_is_for_its_owner(laptop):
    body = laptop.key.read_bytes()
    secret = laptop.pair.secret

    assert secret[:16] not in body
    assert laptop.key.stat().st_mode & 0o077 == 0
    assert (laptop.folder / printed.BACKUP_FILE).stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in (laptop.folder / parties.PUBLIC_FILE).read_text()


def test_another_passphrase_does_not_open_it(laptop):
    with pytest.raises(RefusedError, match="passphrase does not open"):
        KeyFile(laptop.key, "another").load()


def test_keys_are_never_overwritten(laptop):
    before = laptop.key.read_bytes()

    with pytest.raises(RefusedError, match="never overwritten"):
        laptop.keygen()

    assert laptop.key.read_bytes() == before


def test_what_was_printed_can_be_typed_in_again(laptop, tmp_path):
    typed = [line.lower().replace("0", "o").replace("-", " ") for line in _sheet(laptop)]
    other = Laptop(tmp_path / "other", answers=typed, passphrase="another passphrase")

    commands.restore(other.folder, COUNCIL, ADDRESS, other.talk)

    assert other.pair.secret == laptop.pair.secret
    public = (laptop.folder / parties.PUBLIC_FILE).read_bytes()
    assert (other.folder / parties.PUBLIC_FILE).read_bytes() == public


@pytest.mark.parametrize("line", range(printed.LINES))
def test_a_mistyped_line_is_found_at_once(laptop, line):
    typed = _sheet(laptop)[line]
    swapped = ("1" if typed[5] == "0" else "0").join((typed[:5], typed[6:]))

    with pytest.raises(WrongUseError, match=f"Line {line + 1} is not as printed"):
        printed.read_line(line + 1, swapped)
    with pytest.raises(WrongUseError):
        printed.read_line(line + 2, typed)


def test_lines_of_two_sheets_are_not_one_key(laptop, tmp_path):
    other = Laptop(tmp_path / "other")
    other.keygen()

    with pytest.raises(WrongUseError, match="not one key"):
        printed.read_lines(COUNCIL, "", [*_sheet(laptop)[:3], *_sheet(other)[3:]])


def test_the_sheet_fetches_nothing_and_runs_nothing(laptop):
    sheet = (laptop.folder / printed.BACKUP_FILE).read_text("utf-8")

    assert not re.search(r"https?:|src=|href=|<script|url\(|@import", sheet)


def test_a_destroyed_key_leaves_only_the_name_of_its_survey(laptop):
    KeyFile(laptop.key, "").destroy("spring")

    assert laptop.key.read_text() == (
        '{"format": "team-health-trustee-key-spent/1", "survey": "spring"}'
    )
    with pytest.raises(RefusedError, match="counted survey spring and was destroyed"):
        KeyFile(laptop.key, "").load()


def test_a_missing_or_damaged_key_says_what_to_do(laptop, tmp_path):
    with pytest.raises(NotFoundError, match="type the printed key in"):
        KeyFile(tmp_path / "nothing", "").load()
    laptop.key.write_text("{}")
    with pytest.raises(RefusedError, match="damaged"):
        KeyFile(laptop.key, "").load()


@pytest.mark.parametrize(
    ("name", "address"),
    [("", ""), ("x" * 121, ""), ("A\u202eB", ""), ("Council", "no address")],
)
def test_a_name_or_address_nobody_can_read_is_refused(tmp_path, name, address):
    with pytest.raises(WrongUseError):
        Laptop(tmp_path / "keys").keygen(name, address)


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff", b"{" * 5000, b'{"format":1}'])
def test_what_is_no_public_file_is_refused(body):
    with pytest.raises(WrongUseError, match=r"trustee\.public\.json"):
        parties.from_file(body)
