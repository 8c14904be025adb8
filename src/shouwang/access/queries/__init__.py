"""The ways to read what access keeps."""

from shouwang.access.queries.able import accounts_for, has_account_for
from shouwang.access.queries.areas import area_names, find_areas
from shouwang.access.queries.audit import (
    AuditFilter,
    AuditPage,
    audit_entries,
    audit_page,
    reveals_by_person,
)
from shouwang.access.queries.scopes import (
    has_second_factor,
    managed_ranges,
    may_manage,
    scope_of,
    second_factor_due,
)
from shouwang.access.queries.users import (
    SecondFactor,
    account_names,
    grants_of,
    is_locked_out,
    managed_user,
    open_link,
    second_factor,
    setup_link_digest,
    users,
)

__all__ = [
    "AuditFilter",
    "AuditPage",
    "SecondFactor",
    "account_names",
    "accounts_for",
    "area_names",
    "audit_entries",
    "audit_page",
    "find_areas",
    "grants_of",
    "has_account_for",
    "has_second_factor",
    "is_locked_out",
    "managed_ranges",
    "managed_user",
    "may_manage",
    "open_link",
    "reveals_by_person",
    "scope_of",
    "second_factor",
    "second_factor_due",
    "setup_link_digest",
    "users",
]
