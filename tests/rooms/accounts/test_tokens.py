"""The key of the desk's cookies: made once, for its owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from teamhealth.accounts.tokens import desk_key, new_token
from teamhealth.errors import UnavailableError


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    key = desk_key(tmp_path / "home")

    assert len(key) == 32
    assert desk_key(tmp_path / "home") == key
    file = tmp_path / "home" / "desk.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(desk_key, [tmp_path / "home"] * 64))

    assert len(keys) == 1


def test_a_damaged_key_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "desk.key").write_bytes(b"short")

    with pytest.raises(UnavailableError, match=r"Remove desk\.key"):
        desk_key(tmp_path)


def test_a_home_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "home").write_text("a file is in the way")

    with pytest.raises(UnavailableError, match="nobody can sign in"):
        desk_key(tmp_path / "home")


def test_a_token_has_at_least_128_bits_and_fits_into_an_address():
    token = new_token()

    assert len(token) >= 22
    assert token.replace("-", "").replace("_", "").isalnum()
