"""What was done, in words: for every verb that any domain writes into the audit. A test finds verbs without words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# What Django says of a short password, which its own catalogue does not yet know in Chinese.
TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)

VERB_WORDS: dict[str, Any] = {
    # accounts
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
    # places
    "area_added": _("added an area"),
    "area_alias_added": _("added another name of an area"),
    "area_alias_removed": _("removed another name of an area"),
    "area_deactivated": _("took an area out of use"),
    "area_reactivated": _("took an area back into use"),
    "area_renamed": _("renamed an area"),
    "buildings_added": _("added buildings"),
    "compound_renamed": _("renamed a compound"),
    "compounds_added": _("added compounds"),
    "divisions_imported": _("imported a list of areas"),
    "duty_phone_set": _("set the duty phone of an area"),
    "entrance_added": _("added an entrance"),
    "entrance_status_set": _("opened or sealed an entrance"),
    "profile_set": _("changed the rules of an area"),
    # people
    "change_residents": _("changed residents by a roster"),
    "discard_import": _("discarded a roster"),
    "load_roster": _("loaded a roster"),
    "preview_roster": _("uploaded a roster"),
    "register_returnee": _("entered somebody who came back"),
    "set_presence": _("recorded whether somebody is here"),
    # rounds
    "close_round": _("closed a round"),
    "correct_reading": _("corrected a reading"),
    "count_gate_temperature": _("counted a temperature of the gate"),
    "follow_roster": _("brought a round in line with the roster"),
    "open_round": _("opened a round"),
    "record_attempt": _("recorded a call or visit"),
    "record_attempts": _("recorded calls or visits"),
    "reopen_round": _("opened a round again"),
    # gates
    "end_hold": _("ended a must-stay-in"),
    "issue_passes": _("issued passes"),
    "renew_passes": _("renewed passes"),
    "correct_check": _("corrected a check"),
    "record_check": _("recorded a check at the gate"),
    "record_checks": _("recorded checks at the gate"),
    "register_visits": _("registered visitors at the gate"),
    "revoke_pass": _("revoked a pass"),
    "set_hold": _("set who must stay in"),
    "take_emergency": _("took an emergency of a gate"),
    # devices
    "enrol_device": _("enrolled a phone"),
    "hand_over": _("handed in the records of a phone"),
    "invite_device": _("made a code to enrol a phone"),
    "revoke_device": _("revoked a phone"),
    "settle_quarantined": _("decided about a record set aside"),
}
