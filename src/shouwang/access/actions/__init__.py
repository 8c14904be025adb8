"""The ways to write what access keeps. Every action of every domain ends with :func:`audit`."""

from shouwang.access.actions.entries import audit, auditing, record_export, reveal
from shouwang.access.actions.factors import (
    begin_enrolment,
    confirm_enrolment,
    renew_recovery_codes,
    reset_second_factor,
    verify_second_factor,
    wrong_code,
)
from shouwang.access.actions.grants import end_grant, grant_role
from shouwang.access.actions.invitations import (
    accept_invitation,
    invite_administrator,
    invite_first_administrator,
    invite_user,
    renew_link,
)
from shouwang.access.actions.users import (
    activate_user,
    change_password,
    create_user,
    deactivate_user,
    forget_sign_ins,
    lift_lockout,
    record_lock_out,
    record_sign_in,
    record_sign_out,
    set_language,
)

__all__ = [
    "accept_invitation",
    "activate_user",
    "audit",
    "auditing",
    "begin_enrolment",
    "change_password",
    "confirm_enrolment",
    "create_user",
    "deactivate_user",
    "end_grant",
    "forget_sign_ins",
    "grant_role",
    "invite_administrator",
    "invite_first_administrator",
    "invite_user",
    "lift_lockout",
    "record_export",
    "record_lock_out",
    "record_sign_in",
    "record_sign_out",
    "renew_link",
    "renew_recovery_codes",
    "reset_second_factor",
    "reveal",
    "set_language",
    "verify_second_factor",
    "wrong_code",
]
