// Local time of the installation, never of the phone: its zone may be set wrongly.

const forms = new Map();

function formOf(zone) {
  if (!forms.has(zone)) {
    forms.set(
      zone,
      new Intl.DateTimeFormat("en-CA", {
        timeZone: zone,
        calendar: "gregory",
        numberingSystem: "latn",
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
      }),
    );
  }
  return forms.get(zone);
}

// Milliseconds since 1970 → {date: "2020-02-21", hour, minute, seconds}; seconds since 1970. As `at` of the facts.
export function localAt(epochMs, zone) {
  const parts = Object.fromEntries(formOf(zone).formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    seconds: Math.floor(epochMs / 1000),
  };
}
