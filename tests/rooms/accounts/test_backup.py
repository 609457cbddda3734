"""A backup keeps accounts, and neither sessions nor links nor tries."""

import pytest
from sqlalchemy import func, select

from teamhealth.accounts import setting_up
from teamhealth.accounts.models import DeskSession, SetUpLink, SignInTry
from teamhealth.db import open_database
from teamhealth.errors import NotFoundError
from teamhealth.jobs import keeping
from teamhealth.migrations import running
from tests.conftest import NOON
from tests.desk import desk_of, make_accounts, sign_in, signed_in_client
from tests.makers import settings_of


@pytest.mark.usefixtures("at")
def test_after_a_restore_people_sign_in_as_before_but_nobody_is_signed_in(tmp_path):
    old = open_database(f"sqlite:///{tmp_path / 'old' / 'desk.sqlite3'}")
    new = open_database(f"sqlite:///{tmp_path / 'new' / 'desk.sqlite3'}")
    for database in (old, new):
        running.upgrade(database)
    make_accounts(old)
    signed_in_client(old, tmp_path / "old")
    with new.write() as db:
        first = setting_up.first_link(db, now=NOON)  # as ``teamhealth init`` prints it
        db.commit()

    keeping.backup(old, settings_of(old, tmp_path / "old"), tmp_path / "backup.zip")
    keeping.restore(new, settings_of(new, tmp_path / "new"), tmp_path / "backup.zip")

    with new.read() as db:
        for mortal in (DeskSession, SignInTry):
            assert db.scalar(select(func.count()).select_from(mortal)) == 0
        assert db.scalar(select(SetUpLink.account_id)) is None
        with pytest.raises(NotFoundError):
            setting_up.holder(db, first, now=NOON)
    assert sign_in(desk_of(new, tmp_path / "new").test_client()).status_code == 303
    for database in (old, new):
        database.close()
