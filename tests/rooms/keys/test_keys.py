"""Key files: for their owner alone, read back as made, and gone without a trace."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from teamhealth.credentials import blindsign
from teamhealth.errors import KeysMissingError
from teamhealth.keys import box, destroying, issuers, links


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "keys"


@pytest.fixture
def made(folder):
    """Make all keys of one survey; give the moduli and the point."""
    moduli = issuers.make(folder, "spring", ["north", "south"])
    links.make(folder, "spring")
    return moduli, box.make(folder, "spring")


def _files(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_keys_lie_where_the_house_rules_say(folder, made):
    del made
    assert [str(file.relative_to(folder)) for file in _files(folder)] == [
        "box/spring.der",
        "issuers/spring/north.der",
        "issuers/spring/south.der",
        "links/spring",
    ]


def test_nobody_but_their_owner_may_look_at_keys_or_list_them(folder, made):
    del made
    for place in (folder, *folder.rglob("*")):
        assert place.stat().st_mode & 0o777 == (0o700 if place.is_dir() else 0o600), place


def test_signing_keys_alone_are_shared_where_their_folder_is_made_for_a_group(folder):
    issuers_folder = folder / "issuers"
    issuers_folder.mkdir(parents=True)
    for place, mode in ((folder.parent, 0o2770), (folder, 0o2710), (issuers_folder, 0o2750)):
        place.chmod(mode)
    issuers.make(folder, "spring", ["north"])
    links.make(folder, "spring")
    box.make(folder, "spring")

    modes = {str(f.relative_to(folder)): f.stat().st_mode & 0o777 for f in folder.rglob("*")}

    assert modes == {
        "issuers": 0o750,
        "issuers/spring": 0o750,
        "issuers/spring/north.der": 0o640,
        "box": 0o700,
        "box/spring.der": 0o600,
        "links": 0o700,
        "links/spring": 0o600,
    }


def test_a_folder_below_one_that_is_shared_is_not_shared_by_that_alone(folder):
    folder.parent.mkdir()
    folder.parent.chmod(0o2770)
    issuers.make(folder, "spring", ["north"])

    for place in folder.rglob("*"):
        assert place.stat().st_mode & 0o077 == 0, place


def test_keys_are_read_back_as_they_were_made(folder, made):
    moduli, point = made

    found = [issuers.load(folder, "spring", group) for group in ("north", "south")]

    assert [blindsign.modulus(key) for key in found] == moduli
    assert box.public_point(box.load(folder, "spring")) == point
    assert len(links.load(folder, "spring")) == 32


def test_making_keys_again_leaves_no_key_of_the_first_try(folder, made):
    old = {file: file.read_bytes() for file in _files(folder)}
    assert made

    again = issuers.make(folder, "spring", ["north", "west"])
    box.make(folder, "spring")
    links.make(folder, "spring")

    assert not set(again) & set(made[0])
    assert not (folder / "issuers" / "spring" / "south.der").exists()
    assert all(file.read_bytes() != old.get(file) for file in _files(folder))


def test_many_keys_call_back_between_batches(folder):
    calls = []

    issuers.make(folder, "spring", ["north"], on_batch=lambda: calls.append(1))

    assert calls == [1]


@pytest.mark.parametrize(
    "load", [box.load, links.load, lambda f, s: issuers.load(f, s, "north")]
)
def test_a_key_that_is_missing_or_damaged_is_told_without_its_path(folder, made, load):
    del made
    with pytest.raises(KeysMissingError) as missing:
        load(folder, "autumn")
    for file in _files(folder):
        file.write_bytes(b"damaged")
    with pytest.raises(KeysMissingError):
        load(folder, "spring")

    assert str(folder) not in str(missing.value)
    assert "autumn" not in str(missing.value)


def test_a_key_of_another_kind_is_no_key(folder, made):
    del made
    other = ec.generate_private_key(ec.SECP384R1())
    raw = (folder / "issuers/spring/north.der").read_bytes()
    (folder / "box/spring.der").write_bytes(raw)
    (folder / "issuers/spring/south.der").write_bytes(_der(other))

    with pytest.raises(KeysMissingError):
        box.load(folder, "spring")
    with pytest.raises(KeysMissingError):
        issuers.load(folder, "spring", "south")


def _der(key):
    form = issuers.Encoding.DER, issuers.PrivateFormat.PKCS8, issuers.NoEncryption()
    return key.private_bytes(*form)


def test_destroying_removes_one_survey_with_unfinished_files_and_no_other(folder, made):
    del made
    box.make(folder, "autumn")
    (folder / "issuers/spring/west.der.new").write_bytes(b"half a key")

    gone = destroying.destroy(folder, "spring")

    assert gone == 5
    assert [file.name for file in _files(folder)] == ["autumn.der"]
    assert destroying.surveys(folder) == {"autumn"}
    assert destroying.destroy(folder, "spring") == 0


def test_a_destroyed_file_is_overwritten_before_it_goes(folder, made):
    del made
    path = folder / "box/spring.der"
    before = path.read_bytes()
    witness = folder / "witness"
    witness.hardlink_to(path)  # the same blocks under another name

    destroying.destroy(folder, "spring")

    assert len(witness.read_bytes()) == len(before)
    assert witness.read_bytes() != before
