"""What the gate keeper reads: one line why, and one what to do next. English message ids; the page translates them."""

from dataclasses import dataclass

from shouwang.gates.enums import Reason
from shouwang.kernel.errors import gettext_noop


@dataclass(frozen=True, slots=True)
class Advice:
    """``short`` for lists, ``line`` for the verdict; it and ``next_step`` say ``%(next_out)s`` for a day.

    ``waits``: red, and yet nobody is sent off, the person waits for the office. ``calls``: whom to call stands beside.
    """

    short: str
    line: str
    next_step: str
    waits: bool = False
    calls: bool = False


ADVICE: dict[Reason, Advice] = {
    Reason.OK: Advice(
        gettext_noop("in order"),
        gettext_noop("Pass, temperature and mask are in order."),
        gettext_noop("Let pass."),
    ),
    Reason.EMERGENCY: Advice(
        gettext_noop("emergency"),
        gettext_noop("Emergency: no pass and no approval needed."),
        gettext_noop("Let through at once, then tell the office."),
        calls=True,
    ),
    Reason.EMERGENCY_PASS: Advice(
        gettext_noop("emergency pass"),
        gettext_noop("Emergency pass: good at every entrance, at every hour."),
        gettext_noop("Let through at once."),
    ),
    Reason.EMERGENCY_FEVER: Advice(
        gettext_noop("emergency with fever"),
        gettext_noop("Emergency with fever: let through at once."),
        gettext_noop(
            "Masks on for all, keep your distance. Tell the office now, so that the hospital knows."
        ),
        calls=True,
    ),
    Reason.FEVER: Advice(
        gettext_noop("fever"),
        gettext_noop("Fever measured."),
        gettext_noop(
            "Ask the person to put a mask on and wait apart. Call the office at once: it arranges the way to the"
            " fever clinic. Nobody with fever is sent off alone."
        ),
        waits=True,
        calls=True,
    ),
    Reason.QUARANTINE: Advice(
        gettext_noop("quarantine"),
        gettext_noop("In quarantine: may go out again from %(next_out)s."),
        gettext_noop(
            "Ask the person to put a mask on and wait apart. Call the office now: it brings what is needed, or"
            " fetches the person."
        ),
        waits=True,
        calls=True,
    ),
    Reason.QUARANTINE_HOME: Advice(
        gettext_noop("quarantine, coming home"),
        gettext_noop("In quarantine and coming home."),
        gettext_noop("Mask on, temperature taken: let in. Call the office now."),
        calls=True,
    ),
    Reason.ENTRANCE_SEALED: Advice(
        gettext_noop("entrance sealed"),
        gettext_noop("This entrance is sealed."),
        gettext_noop("Show the way to the open gate."),
    ),
    Reason.EMERGENCY_EXIT: Advice(
        gettext_noop("emergency exit"),
        gettext_noop("This is an emergency exit."),
        gettext_noop("Show the way to the open gate. In an emergency use the emergency button."),
    ),
    Reason.NOT_A_PASS: Advice(
        gettext_noop("not a pass"),
        gettext_noop("This is not a pass."),
        gettext_noop("Ask for the pass, or type its code. Without one: search by name."),
        waits=True,
        calls=True,
    ),
    Reason.DAMAGED: Advice(
        gettext_noop("pass unreadable"),
        gettext_noop("The pass cannot be read."),
        gettext_noop("Scan once more. If it stays so, type the code printed below it."),
        waits=True,
        calls=True,
    ),
    Reason.UNKNOWN_KEY: Advice(
        gettext_noop("pass not verified"),
        gettext_noop("This pass cannot be verified here; it may still be genuine."),
        gettext_noop("Type the code printed on it, or call the office."),
        waits=True,
        calls=True,
    ),
    Reason.FORGED: Advice(
        gettext_noop("pass not genuine"),
        gettext_noop("This pass was not issued by us."),
        gettext_noop(
            "Keep calm and ask the person to wait. Type the code or search by name, and call the office."
        ),
        waits=True,
        calls=True,
    ),
    Reason.STRANGER: Advice(
        gettext_noop("not on the roster"),
        gettext_noop("Neither this pass nor this person is known here."),
        gettext_noop("Read the code once more or search by name. If not found, call the office."),
        waits=True,
        calls=True,
    ),
    Reason.VISITOR: Advice(
        gettext_noop("visitor without pass"),
        gettext_noop("Registered as a visitor, without a pass."),
        gettext_noop("Call the office, and let in once it agrees."),
        calls=True,
    ),
    Reason.OTHER_PLACE: Advice(
        gettext_noop("pass for another place"),
        gettext_noop("This pass is not for this gate."),
        gettext_noop("Show the way to the gate that it is for. If in doubt, call the office."),
        calls=True,
    ),
    Reason.NO_PASS: Advice(
        gettext_noop("no pass"),
        gettext_noop("On the roster, but without a pass."),
        gettext_noop("Ask the office to issue one."),
        calls=True,
    ),
    Reason.PASS_REVOKED: Advice(
        gettext_noop("pass not in force"),
        gettext_noop("This pass is not in force."),
        gettext_noop("Ask the person to wait and call the office."),
        waits=True,
        calls=True,
    ),
    Reason.PASS_EARLY: Advice(
        gettext_noop("pass not yet valid"),
        gettext_noop("This pass is not valid yet."),
        gettext_noop("Ask the office."),
        calls=True,
    ),
    Reason.PASS_EXPIRED: Advice(
        gettext_noop("pass expired"),
        gettext_noop("This pass has expired."),
        gettext_noop("Ask the office for a new one."),
        calls=True,
    ),
    Reason.LEAVING: Advice(
        gettext_noop("visit over"),
        gettext_noop("The visit is over."),
        gettext_noop("Let out, and tell the office."),
        calls=True,
    ),
    Reason.OUTINGS_CLOSED: Advice(
        gettext_noop("no outings"),
        gettext_noop("At present nobody goes out here."),
        gettext_noop("What the household needs is brought to the door: note it and tell the office."),
        calls=True,
    ),
    Reason.OUTSIDE_HOURS: Advice(
        gettext_noop("outside the hours"),
        gettext_noop("Outside the hours for going out."),
        gettext_noop("Ask to come back within the hours. What cannot wait: call the office."),
        calls=True,
    ),
    Reason.HOUSEHOLD_WAS_OUT: Advice(
        gettext_noop("household was out"),
        gettext_noop("Somebody of this household was out already."),
        gettext_noop(
            "The household's next turn is %(next_out)s. What cannot wait, such as medicine: call the office."
        ),
        calls=True,
    ),
    Reason.TEMPERATURE_MISSING: Advice(
        gettext_noop("temperature not taken"),
        gettext_noop("No temperature was taken."),
        gettext_noop("Take it, then let pass."),
    ),
    Reason.MASK_UNSEEN: Advice(
        gettext_noop("mask not noted"),
        gettext_noop("Nobody noted whether a mask is worn."),
        gettext_noop("Let pass with a mask on."),
    ),
    Reason.MASK_MISSING: Advice(
        gettext_noop("no mask"),
        gettext_noop("No mask."),
        gettext_noop("Let pass once a mask is on; hand one out if there is none."),
    ),
    Reason.OCCUPANTS: Advice(
        gettext_noop("vehicle"),
        gettext_noop("The pass of the vehicle is in order."),
        gettext_noop("Now check everybody in it, the driver first: pass and temperature."),
    ),
    Reason.HOME_WITHOUT_PASS: Advice(
        gettext_noop("home without pass"),
        gettext_noop("Lives here, has no valid pass."),
        gettext_noop("Let in, and ask the office to issue a pass."),
        calls=True,
    ),
    Reason.HOME_PASS_UNREAD: Advice(
        gettext_noop("home, pass not verified"),
        gettext_noop("Lives here; the pass could not be verified."),
        gettext_noop("Let in, and tell the office."),
        calls=True,
    ),
    Reason.HOME_PASS_REVOKED: Advice(
        gettext_noop("home, pass not in force"),
        gettext_noop("Lives here; the pass is not in force."),
        gettext_noop("Let in and call the office now."),
        calls=True,
    ),
    Reason.HOME_PASS_EXPIRED: Advice(
        gettext_noop("home, pass expired"),
        gettext_noop("Lives here; the pass has expired."),
        gettext_noop("Let in, and ask the office for a new pass."),
        calls=True,
    ),
}
