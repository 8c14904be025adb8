"""Words of the app around its screens: signing on, sending, storage, languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Promise] = {
    "shell.title": _("Field app"),
    "shell.language": _("Language"),
    "shell.back": _("Back"),
    "shell.wait": _("One moment …"),
    "shell.understood": _("Understood"),
    # The header
    "shell.unsent": _("%(count)s not sent"),
    "shell.all_sent": _("All sent"),
    "shell.oldest": _("oldest: %(age)s"),
    "shell.ago": _("%(age)s ago"),
    "shell.heard": _("office heard %(age)s ago"),
    "shell.heard_now": _("office heard just now"),
    "shell.never_heard": _("office not heard yet"),
    "shell.just_now": _("just now"),
    # The start
    "shell.no_gate": _("No gate chosen"),
    "shell.caseload": _("Caseload %(name)s"),
    "shell.open_gate": _("Keep the gate"),
    "shell.device": _("This phone"),
    # Enrolment
    "shell.enrol": _("Enrol this phone"),
    "shell.enrol.how": _(
        "The community office makes a code for this phone on the page of devices. Scan it, or type it here."
    ),
    "shell.enrol.code": _("Code of the office"),
    "shell.enrol.go": _("Enrol"),
    "shell.enrol.again": _("Enrol anew"),
    "shell.enrol.this_phone": _("Enrol this phone now"),
    "shell.enrol.scan": _("Scan the code"),
    "shell.enrol.no_camera": _("The camera cannot be used. Allow it in the browser, or type the code."),
    "shell.enrol.refused": _("This phone is not enrolled."),
    "shell.enrol.not_a_code": _("This is not a code of the office. It begins with SWE1."),
    "shell.enrol.other_root": _(
        "The server that answered is not the one the code was made for. Do not go on: call the office."
    ),
    "shell.enrol.offline": _("The server could not be reached. Enrolling needs the network, this once."),
    "shell.enrol.enrolment_used": _("The code has been used. Ask the office for a new one."),
    "shell.enrol.enrolment_expired": _("The code has expired. Ask the office for a new one."),
    "shell.enrol.enrolment_unknown": _("The office does not know this code. Ask for a new one."),
    "shell.enrol.other": _("The server refused. Try again, or ask the office for a new code."),
    # Signing on and off
    "shell.sign_on": _("Start duty"),
    "shell.your_name": _("Your name"),
    "shell.your_gate": _("Your gate"),
    "shell.duty.start": pgettext_lazy("button", "Start duty"),
    "shell.duty.refused": _("This phone cannot be relied on yet. Mend this first:"),
    "shell.duty.insecure": _(
        "The page was not opened over https. Open the address that the office gives you."
    ),
    "shell.duty.storage": _(
        "The browser does not keep data. Leave private mode; if the phone is full, delete pictures or apps; "
        "then open this page again."
    ),
    "shell.duty.not_persistent": _(
        "The browser may throw the records away. Open the browser's menu, choose “Add to home screen” or “Install "
        "app”, start from the new icon, and try again. If it still refuses: site settings, allow notifications, "
        "try again."
    ),
    "shell.duty.not_persistent_ios": _(
        "The phone may throw the records away. In Safari press Share, then “Add to Home Screen”, start from the new "
        "icon and enrol there with a new code."
    ),
    "shell.duty.not_kept": _(
        "The app is not on the phone yet. Stay on the network for a minute with this page open, then try again."
    ),
    "shell.duty.no_pack": _(
        "The lists for your work are not here yet. Connect to the network, open “This phone” and "
        "press “Fetch the lists”."
    ),
    "shell.sign_off": _("End duty"),
    "shell.sign_off.now": pgettext_lazy("button", "End duty"),
    "shell.sign_off.stays": _(
        "What is not sent stays on this phone and is sent as soon as there is a network. Hand the phone over switched "
        "on; do not delete the app."
    ),
    "shell.sign_off.all_sent": _("The office has everything."),
    "shell.this_shift": _("Recorded in this shift"),
    # This phone
    "shell.not_sent_yet": _("Not sent yet"),
    "shell.oldest_unsent": _("Oldest of them"),
    "shell.sending": _("Sending"),
    "shell.sending.idle": _("nothing to send"),
    "shell.sending.sending": _("under way"),
    "shell.sending.waiting": _("waits for the network"),
    "shell.sending.stopped": pgettext_lazy("sending", "stopped by the office"),
    "shell.last_contact": _("Office last heard"),
    "shell.pack_from": _("Lists of the gate from"),
    "shell.for_the_office": _("Records the office looks at"),
    "shell.gate.sealed": _("sealed"),
    "shell.gate.emergency": _("emergency exit"),
    "shell.clock_ahead": _("This phone's clock is ahead by"),
    "shell.seconds": _("%(count)s s"),
    "shell.version": _("Version"),
    "shell.send_now": _("Send now"),
    "shell.fetch_pack": _("Fetch the lists"),
    "shell.take_update": _("Take the new version"),
    "shell.reliable": _("Can this phone be relied on?"),
    "shell.reliable.yes": _("Yes: it keeps what it writes, and starts without a network."),
    # What must be seen at once
    "shell.not_saved.full": _("Not saved: the phone is full."),
    "shell.not_saved.full.do": _(
        "Write it on paper. Delete pictures or apps, then record it again. Hand over what is not sent."
    ),
    "shell.not_saved.broken": _("Not saved: the browser's storage does not work."),
    "shell.not_saved.broken.do": _(
        "Write it on paper. Close the app and open it again; if that does not help, take another phone and "
        "call the office."
    ),
    "shell.stopped.device_revoked": _("The office has revoked this phone."),
    "shell.stopped.device_unknown": _("The office does not know this phone."),
    "shell.stopped.do": _(
        "Everything recorded is still here. Make the hand-over file for the office, or enrol anew."
    ),
    "shell.lost": _("The browser has deleted this phone's data."),
    "shell.lost.do": _(
        "What had been sent is safe; what had not is gone, and the office sees the gap. Tell the office. "
        "Install the app on the home screen so that it does not happen again."
    ),
    "shell.trust_refused": _("New keys were refused: they are forged or too old."),
    "shell.trust_refused.do": _("The former keys go on serving. Call the office."),
    "shell.clock.jumped": _("The phone's clock was changed."),
    "shell.clock.off": _("The phone's clock is wrong."),
    "shell.clock.do": _("The app counts with the office's time. Set date and time to automatic."),
    "shell.doubtful": _("%(count)s records are being looked at by the office."),
    "shell.doubtful.do": _("They are safe there. You need do nothing."),
    # Hand-over
    "shell.handover": _("Hand-over file"),
    "shell.handover.why": _(
        "When this phone cannot send: make the file, carry it to the office (by message, cable or another phone). "
        "Only the office can open it; taking it in twice does no harm."
    ),
    "shell.handover.week": _("Also what was sent in the last 7 days"),
    "shell.handover.make": _("Make the file"),
    "shell.handover.made": _("It is in the phone's downloads. The records also stay on this phone."),
    "shell.handover.failed": _("The file could not be made."),
    "shell.handover.no_key": _(
        "This phone was never enrolled, or has lost its lists: it has no key to seal a file with."
    ),
}
