"""Words of the call list's screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Promise] = {
    # The list
    "calls.list": pgettext_lazy("call list", "List"),
    "calls.day": pgettext_lazy("call list", "My day"),
    "calls.back": pgettext_lazy("call list", "Back"),
    "calls.done": pgettext_lazy("call list", "Done"),
    "calls.left": pgettext_lazy("call list", "Left"),
    "calls.minutes": pgettext_lazy("call list", "Minutes"),
    "calls.average": pgettext_lazy("call list", "%(minutes)s each"),
    "calls.bar": pgettext_lazy("call list", "%(done)s of %(all)s households done"),
    "calls.find": pgettext_lazy("call list", "Door, name, number"),
    "calls.find.none": pgettext_lazy("call list", "Nobody on your list fits."),
    "calls.large": pgettext_lazy("call list", "Larger letters"),
    "calls.large.sign": pgettext_lazy("call list", "A+"),
    "calls.filter": pgettext_lazy("call list", "Show"),
    "calls.filter.all": pgettext_lazy("call list", "All"),
    "calls.filter.left": pgettext_lazy("call list", "Left"),
    "calls.filter.again": pgettext_lazy("call list", "Try again"),
    "calls.filter.done": pgettext_lazy("call list", "Done"),
    "calls.none.all": pgettext_lazy("call list", "There is no household on this list."),
    "calls.none.left": pgettext_lazy("call list", "Every household was called or visited once."),
    "calls.none.again": pgettext_lazy("call list", "Nobody has to be tried again."),
    "calls.none.done": pgettext_lazy(
        "call list", "No household is done yet. The most urgent one stands on top."
    ),
    "calls.empty": pgettext_lazy("call list", "There is no call list on this phone."),
    "calls.empty.do": pgettext_lazy(
        "call list",
        "Connect to the network; the list comes by itself. If it does not, ask the office whether this phone has a "
        "caseload.",
    ),
    "calls.next": pgettext_lazy("call list", "Next: %(door)s"),
    "calls.all_done": pgettext_lazy("call list", "Nobody is left to call now"),
    "calls.all_done.thanks": pgettext_lazy("call list", "Every household was reached. Thank you; rest."),
    "calls.names": pgettext_lazy("call list", "%(names)s and others, %(count)s people"),
    "calls.yesterday": pgettext_lazy("call list", "yesterday"),
    "calls.age": pgettext_lazy("call list", "%(age)s years"),
    "calls.somebody": pgettext_lazy("call list", "somebody"),
    "calls.other_household": pgettext_lazy("call list", "another household"),
    # Why she stands where she stands
    "calls.why.fever": pgettext_lazy("call list", "Fever or short of breath"),
    "calls.why.epicentre": pgettext_lazy("call list", "Back from the epicentre"),
    "calls.why.epicentre_from": pgettext_lazy("call list", "Back from %(origin)s"),
    "calls.why.watched": pgettext_lazy("call list", "Watched"),
    "calls.why.watched.returnee": pgettext_lazy("call list", "Came back, day %(day)s of %(days)s"),
    "calls.why.watched.quarantine": pgettext_lazy("call list", "In quarantine, day %(day)s of %(days)s"),
    "calls.why.watched.fever": pgettext_lazy("call list", "Fever watched, day %(day)s of %(days)s"),
    "calls.why.elderly_alone": pgettext_lazy("call list", "Elderly, alone"),
    "calls.why.missed_yesterday": pgettext_lazy("call list", "Not reached yesterday"),
    "calls.why.never_reached": pgettext_lazy("call list", "Never reached yet"),
    "calls.why.twice": pgettext_lazy("call list", "Morning and evening"),
    "calls.why.evening": pgettext_lazy("call list", "Again in the evening"),
    "calls.why.evening_now": pgettext_lazy("call list", "The evening is due"),
    # One household
    "calls.channel": pgettext_lazy("call list", "Call or visit"),
    "calls.channel.call": pgettext_lazy("call list", "Call"),
    "calls.channel.visit": pgettext_lazy("call list", "At the door"),
    "calls.channel.self": pgettext_lazy("call list", "Reported themselves"),
    "calls.channel.gate": pgettext_lazy("call list", "At the gate"),
    "calls.channel.site": pgettext_lazy("call list", "At the site"),
    "calls.no_phone": pgettext_lazy("call list", "No number is known."),
    "calls.no_phone.do": pgettext_lazy(
        "call list", "Knock, or ask a neighbour for a number and write it into the remarks."
    ),
    "calls.last.none": pgettext_lazy("call list", "No contact is known from the last days."),
    "calls.person.last": pgettext_lazy("call list", "Last: %(at)s, %(said)s"),
    "calls.script": pgettext_lazy("call list", "What to say"),
    "calls.script.level": pgettext_lazy("call list", "To whom"),
    "calls.who_answered": pgettext_lazy("call list", "Who answered?"),
    "calls.who_opened": pgettext_lazy("call list", "Who opened?"),
    "calls.answered.neighbour": pgettext_lazy("call list", "A neighbour"),
    "calls.answered.other": pgettext_lazy("call list", "Somebody else"),
    "calls.answered_by.resident": pgettext_lazy("call list", "the person answered"),
    "calls.answered_by.member": pgettext_lazy("call list", "somebody of the household answered"),
    "calls.answered_by.neighbour": pgettext_lazy("call list", "a neighbour answered"),
    "calls.answered_by.other": pgettext_lazy("call list", "somebody else answered"),
    "calls.answered_by.nobody": pgettext_lazy("call list", "nobody answered"),
    "calls.not_reached": pgettext_lazy("call list", "Or not reached:"),
    "calls.outcome.reached": pgettext_lazy("call list", "Reached"),
    "calls.outcome.no_answer": pgettext_lazy("call list", "No answer"),
    "calls.outcome.wrong_number": pgettext_lazy("call list", "Wrong number"),
    "calls.outcome.nobody_home": pgettext_lazy("call list", "Nobody at home"),
    "calls.outcome.note_left": pgettext_lazy("call list", "Nobody, note left"),
    "calls.outcome.refused": pgettext_lazy("call list", "Refused"),
    "calls.note_left": pgettext_lazy("call list", "Note left at the door"),
    "calls.how_are_they": pgettext_lazy("call list", "How are they?"),
    "calls.all_well": pgettext_lazy("call list", "Everybody is well"),
    "calls.rest_well": pgettext_lazy("call list", "All the others are well"),
    "calls.all_well.means": pgettext_lazy(
        "call list", "Each of the %(count)s asked after: no fever, no symptoms"
    ),
    "calls.temperature": pgettext_lazy("call list", "℃"),
    "calls.temperature.of": pgettext_lazy("call list", "Temperature of %(name)s"),
    "calls.symptoms.none": pgettext_lazy("call list", "no symptoms"),
    "calls.symptoms.some": pgettext_lazy("call list", "symptoms"),
    "calls.symptom.cough": _("cough"),
    "calls.symptom.breathless": _("breathless"),
    "calls.symptom.fatigue": _("fatigue"),
    "calls.symptom.diarrhoea": _("diarrhoea"),
    "calls.symptom.conjunctivitis": _("red eyes"),
    "calls.symptom.sore_throat": _("sore throat"),
    "calls.hot": pgettext_lazy("call list", "Fever: %(value)s ℃. Ask to measure again."),
    "calls.presence.away": pgettext_lazy("call list", "Away"),
    "calls.presence.moved": pgettext_lazy("call list", "Moved out"),
    "calls.presence.back": pgettext_lazy("call list", "Is back"),
    "calls.more.needs": pgettext_lazy("call list", "A need"),
    "calls.more.needs.how": pgettext_lazy(
        "call list", "What, how much, by when; for medicine its maker and strength"
    ),
    "calls.more.trouble": pgettext_lazy("call list", "Trouble"),
    "calls.more.trouble.how": pgettext_lazy(
        "call list", "What weighs on them, or whom they quarrel with; in their words"
    ),
    "calls.more.remarks": pgettext_lazy("call list", "Remark"),
    "calls.more.remarks.how": pgettext_lazy("call list", "What the next caller should know"),
    "calls.more.arrivals": pgettext_lazy("call list", "Somebody came"),
    "calls.more.arrivals.another": pgettext_lazy("call list", "One more came"),
    "calls.arrival.name": pgettext_lazy("call list", "Name"),
    "calls.arrival.origin": pgettext_lazy("call list", "Comes from"),
    "calls.arrival.arrived_on": pgettext_lazy("call list", "Day of arrival"),
    "calls.arrival.to_stay": pgettext_lazy("call list", "Stays here from now on"),
    "calls.arrival.stays": pgettext_lazy("call list", "stays here"),
    "calls.arrival.visits": pgettext_lazy("call list", "is visiting"),
    "calls.arrival.id_number": pgettext_lazy("call list", "ID number"),
    "calls.arrival.phone": pgettext_lazy("call list", "Phone"),
    "calls.arrival.sealed": pgettext_lazy(
        "call list", "ID number and phone are sealed at once; this phone cannot show them again."
    ),
    "calls.arrival.take": pgettext_lazy("call list", "Take her down"),
    "calls.arrival.drop": pgettext_lazy("call list", "Take out"),
    "calls.drop": pgettext_lazy("call list", "Drop"),
    "calls.restored": pgettext_lazy("call list", "What you had begun here is still there."),
    "calls.start_anew": pgettext_lazy("call list", "Start anew"),
    "calls.correcting": pgettext_lazy(
        "call list", "You are correcting what was recorded. Change what was wrong and save."
    ),
    "calls.other_reached": pgettext_lazy("call list", "%(by)s reached this household at %(at)s."),
    "calls.save": pgettext_lazy("call list", "Record"),
    "calls.save.correct": pgettext_lazy("call list", "Save the correction"),
    "calls.trouble.answered_by": pgettext_lazy("call list", "First say who answered"),
    "calls.trouble.temperature": pgettext_lazy("call list", "A temperature cannot be read"),
    "calls.trouble.symptom": pgettext_lazy("call list", "Choose the symptom, or “no symptoms”"),
    "calls.trouble.nothing": pgettext_lazy("call list", "Say how at least one person is"),
    # It stands on the disk
    "calls.saved.done": pgettext_lazy("call list", "This household is done"),
    "calls.saved.partly": pgettext_lazy("call list", "Recorded; not all were asked after"),
    "calls.saved.evening": pgettext_lazy("call list", "Done until the evening"),
    "calls.saved.not_reached": pgettext_lazy("call list", "Recorded: not reached"),
    "calls.saved.fever": pgettext_lazy("call list", "Fever: tell the office now"),
    "calls.fever": pgettext_lazy("call list", "Fever %(value)s ℃"),
    "calls.fever.do": pgettext_lazy(
        "call list",
        "Call now; do not wait for the network. Ask the family to stay in one room, to wear masks, and not to go to a "
        "hospital by themselves.",
    ),
    "calls.well": pgettext_lazy("call list", "well, people asked after: %(count)s"),
    "calls.said.needs": pgettext_lazy("call list", "need: %(text)s"),
    "calls.said.trouble": pgettext_lazy("call list", "trouble: %(text)s"),
    "calls.said.remarks": pgettext_lazy("call list", "remark: %(text)s"),
    "calls.arrivals": pgettext_lazy("call list", "people who came: %(count)s"),
    "calls.presences": pgettext_lazy("call list", "people who left or are back: %(count)s"),
    "calls.correct": pgettext_lazy("call list", "Correct"),
    "calls.again": pgettext_lazy("call list", "Once more"),
    "calls.tried": pgettext_lazy("call list", "tried %(count)s times"),
    "calls.reached_elsewhere": pgettext_lazy("call list", "reached by another way"),
    "calls.step.call": pgettext_lazy("call list", "call"),
    "calls.step.call_again": pgettext_lazy("call list", "call again later"),
    "calls.step.ask_rest": pgettext_lazy("call list", "ask after the others"),
    "calls.step.evening": pgettext_lazy("call list", "again in the evening"),
    "calls.step.other_number": pgettext_lazy("call list", "another number"),
    "calls.step.neighbour": pgettext_lazy("call list", "ask a neighbour"),
    "calls.step.visit": pgettext_lazy("call list", "knock"),
    "calls.step.office": pgettext_lazy("call list", "the office"),
    "calls.step.call.do": pgettext_lazy("call list", "Now: call."),
    "calls.step.call_again.do": pgettext_lazy(
        "call list", "Next: call again at another hour. It comes back to the top in an hour."
    ),
    "calls.step.ask_rest.do": pgettext_lazy("call list", "Next: ask after the others of this household."),
    "calls.step.evening.do": pgettext_lazy(
        "call list", "Next: once more in the evening. The list will remind you."
    ),
    "calls.step.other_number.do": pgettext_lazy("call list", "Next: try another number of this household."),
    "calls.step.neighbour.do": pgettext_lazy(
        "call list", "Next: ask a neighbour where they are and how to reach them."
    ),
    "calls.step.visit.do": pgettext_lazy(
        "call list", "Next: go and knock; take a note to leave at the door."
    ),
    "calls.step.office.do": pgettext_lazy("call list", "The office takes over from here. Tell the office."),
    # At the door
    "calls.scan": pgettext_lazy("call list", "Scan the door card"),
    "calls.scan.how": pgettext_lazy("call list", "Hold the code on the door before the camera."),
    "calls.scan.choose": pgettext_lazy("call list", "Choose from the list"),
    "calls.scan.blind": pgettext_lazy(
        "call list", "The camera cannot be used. Choose the household from the list."
    ),
    "calls.scan.other_code": pgettext_lazy("call list", "This code is not a door card."),
    "calls.scan.not_mine": pgettext_lazy("call list", "This household is not on your list."),
    # Her day
    "calls.tries": pgettext_lazy("call list", "Calls and visits"),
    "calls.people_reached": pgettext_lazy("call list", "People reached"),
    "calls.again.count": pgettext_lazy("call list", "To try again"),
    "calls.fevers": pgettext_lazy("call list", "Fevers found today: %(count)s"),
    "calls.told.needs": pgettext_lazy("call list", "Needs told: %(count)s"),
    "calls.told.trouble": pgettext_lazy("call list", "Trouble told: %(count)s"),
    "calls.day.mine": pgettext_lazy("call list", "What you recorded"),
    "calls.day.empty": pgettext_lazy(
        "call list", "Nothing recorded yet today. Begin with the household on top of the list."
    ),
    # Around it
    "calls.open": pgettext_lazy("call list", "Call my households"),
}
