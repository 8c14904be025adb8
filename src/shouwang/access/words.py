"""What was done, in words: for every verb that any domain writes into the audit. A test finds verbs without words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERB_WORDS: dict[str, Any] = {
    "accept_invitation": _("set the first password"),
    "activate_user": _("unlocked an account"),
    "change_password": _("changed the password"),
    "create_user": _("made an account"),
    "deactivate_user": _("locked an account"),
    "end_grant": _("ended a role"),
    "enrol_factor": _("set up the second factor"),
    "export": _("exported"),
    "fail_factor": _("entered a wrong code"),
    "grant_role": _("gave a role"),
    "lift_lockout": _("let somebody try again"),
    "lock_out": _("was locked out after wrong passwords"),
    "make_link": _("made a set-up link"),
    "purge": _("destroyed what was past its time"),
    "renew_codes": _("made new recovery codes"),
    "reset_factor": _("took a second factor away"),
    "reveal": _("looked at a sealed number"),
    "set_language": _("chose a language"),
    "sign_in": _("signed in"),
    "sign_out": _("signed out"),
    "use_recovery_code": _("used a recovery code"),
    "verify_factor": _("showed the second factor"),
}
