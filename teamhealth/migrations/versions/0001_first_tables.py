"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.String(length=40), nullable=True),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["group.id"], name=op.f("fk_group_parent_id_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("path", name=op.f("uq_group_path")),
    )
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("encloses", sa.JSON(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_not_before"), ["not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "survey",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "preparing",
                "open",
                "closing",
                "awaiting_trustee",
                "counted",
                "published",
                "cancelled",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("scope_id", sa.String(length=40), nullable=False),
        sa.Column(
            "leader_theme",
            sa.Enum(
                "off",
                "leader",
                "above",
                "agreed",
                name="audience",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("leader_theme_reference", sa.String(length=200), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("base_url", sa.String(length=300), nullable=False),
        sa.Column("launched_by", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_latest", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("previous_id", sa.String(length=40), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("paper_note", sa.String(length=300), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("trustee", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("instrument", sa.LargeBinary(), nullable=True),
        sa.Column("instrument_digest", sa.String(length=64), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_scrubbing", sa.Boolean(), nullable=False),
        sa.Column("to_tell", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('open', 'closing') OR (instrument IS NOT NULL AND manifest IS NOT NULL)",
            name=op.f("ck_survey_pinned_while_open"),
        ),
        sa.CheckConstraint(
            "closes_at <= closes_latest", name=op.f("ck_survey_closes_before_the_latest_close")
        ),
        sa.CheckConstraint("k BETWEEN 5 AND 10", name=op.f("ck_survey_k_between_five_and_ten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reply_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_comment_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "counted_list",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_counted_list_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_counted_list")),
    )
    op.create_table(
        "participation",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("refreshed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_participation_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "group_id", name=op.f("pk_participation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("answers_in_id", sa.String(length=40), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "email IS NOT NULL OR (on_paper AND external_id IS NOT NULL)",
            name=op.f("ck_person_known_by_address_or_id"),
        ),
        sa.ForeignKeyConstraint(
            ["answers_in_id"], ["group.id"], name=op.f("fk_person_answers_in_id_group")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_person_group_id_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("external_id", name=op.f("uq_person_external_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_answers_in_id"), ["answers_in_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_group_id"), ["group_id"], unique=False)

    op.create_table(
        "pinned_file",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_pinned_file_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "name", name=op.f("pk_pinned_file")),
    )
    with op.batch_alter_table("pinned_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pinned_file_digest"), ["digest"], unique=False)

    op.create_table(
        "sealed_response",
        sa.Column("nonce_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=256), nullable=False),
        sa.Column("envelope", sa.LargeBinary(length=4177), nullable=True),
        sa.Column("edit_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_sealed_response_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("nonce_hash", name=op.f("pk_sealed_response")),
        sa.UniqueConstraint("edit_hash", name=op.f("uq_sealed_response_edit_hash")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sealed_response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sealed_response_survey_id_group_id"),
            ["survey_id", "group_id"],
            unique=False,
        )

    op.create_table(
        "snapshot",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_snapshot_survey_id_survey")
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "survey_group",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=40), nullable=True),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Integer(), nullable=False),
        sa.Column("spare", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("reportable", sa.Boolean(), nullable=False),
        sa.Column("answers_in", sa.String(length=40), nullable=True),
        sa.Column("comments_in", sa.String(length=40), nullable=True),
        sa.Column("leaf", sa.Text(), nullable=True),
        sa.Column("proof", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_survey_group_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", "group_id", name=op.f("pk_survey_group")),
    )
    op.create_table(
        "spare_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_spare_seat_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spare_seat")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_spare_seat_token_hash")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("spare_seat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_spare_seat_survey_id"), ["survey_id"], unique=False
        )

    op.create_table(
        "survey_lead",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_survey_lead_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_survey_lead_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "survey_id", "person_id", "group_id", name=op.f("pk_survey_lead")
        ),
    )
    with op.batch_alter_table("survey_lead", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_lead_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "trustee_tray",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("rehearsal", sa.LargeBinary(), nullable=True),
        sa.Column("expected", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("issued", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.String(length=20), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_trustee_tray_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_trustee_tray")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("blinded_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=True),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_invitation_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_invitation_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitation_survey_id"), ["survey_id"], unique=False
        )

    op.create_table(
        "lead",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_lead_group_id_group")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_lead_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "group_id", name=op.f("pk_lead")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("is_hr", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_try")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_api_token_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_api_token_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_desk_session_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
    )
    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_session_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "set_up_link",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_set_up_link_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_set_up_link")),
        sa.UniqueConstraint("account_id", name=op.f("uq_set_up_link_account_id")),
    )

    op.create_table(
        "release",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("leaders_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("above_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_once_because", sa.String(length=300), nullable=False),
        sa.Column("everybody_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letters", sa.Boolean(), nullable=False),
        sa.Column("talk_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("encloses", sa.JSON(), nullable=False),
        sa.Column("tells_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_release_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_release")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_tells_at"), ["tells_at"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("comments", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_batch_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_survey_id"), ["survey_id"], unique=False)


def downgrade() -> None:
    """Nothing: what a survey promised cannot be taken back by an older schema."""
    raise NotImplementedError
