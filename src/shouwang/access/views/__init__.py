"""The pages of accounts."""

from shouwang.access.views.account import account, password
from shouwang.access.views.audit import audit, audit_export
from shouwang.access.views.factors import codes, enrol, second_factor, verify
from shouwang.access.views.signing_in import SignIn, accept, locked_out, sign_out
from shouwang.access.views.users import area_choices, grant, grant_end, user, user_act, user_new, users

__all__ = [
    "SignIn",
    "accept",
    "account",
    "area_choices",
    "audit",
    "audit_export",
    "codes",
    "enrol",
    "grant",
    "grant_end",
    "locked_out",
    "password",
    "second_factor",
    "sign_out",
    "user",
    "user_act",
    "user_new",
    "users",
    "verify",
]
