// What goes into a batch, and what an answer means (docs/field-protocol.md). Pure: values in, values out.

export const MOST = 500;
export const LARGEST = 900_000; // bytes unpacked; the server takes 1 MiB
const OUTCOMES = new Set(["stored", "duplicate", "conflict", "quarantined"]);
const STOPPED = new Set(["device_revoked", "device_unknown"]);
const BLAMES = new Set([400, 413, 422, 500]);
const LONGEST_WAIT = 300_000;

/** The beginning of `records` that fits into one batch: at least one, at most `limit`. */
export function fitting(records, limit) {
  let bytes = 0;
  const chosen = [];
  for (const record of records.slice(0, limit)) {
    bytes += new TextEncoder().encode(JSON.stringify(wire(record))).length + 1;
    if (chosen.length && bytes > LARGEST) break;
    chosen.push(record);
  }
  return chosen;
}

/** A record as it goes over the line: without what only the phone needs. */
export function wire({ id, kind, seq, made_at, clock, keeper, body }) {
  return { id, kind, seq, made_at, clock, keeper, body };
}

/**
 * What an answer to `records` means. `{status, type, text, retryAfter}` as they came; one of
 * `{kind: "answered", now, settled: [{seq, outcome, code}], missing}`: these, and only these, are with the server;
 * `{kind: "stopped", code, message}`: this phone may not send any more;
 * `{kind: "not_sent", wait, reached}`: anything else, such as a captive portal's page. `wait`: milliseconds asked for;
 * `reached`: it was our server that could not, so that the batch itself may be to blame.
 */
export function readAnswer({ status, type = "", text = "", retryAfter = null }, records) {
  const said = /^application\/json\b/i.test(type) ? parsed(text) : null;
  if (status === 200 && Array.isArray(said?.answers) && !Number.isNaN(Date.parse(said.now))) {
    return { kind: "answered", now: Date.parse(said.now), settled: settled(said.answers, records), missing: runs(said.missing) };
  }
  if (status === 401 && STOPPED.has(said?.code)) return { kind: "stopped", code: said.code, message: String(said.message ?? "") };
  return { kind: "not_sent", wait: seconds(retryAfter) * 1000, reached: BLAMES.has(status) };
}

// By id, never by position; ids we did not send and outcomes we do not know change nothing.
function settled(answers, records) {
  const bySeq = new Map(records.map((record) => [record.id, record.seq]));
  return answers
    .filter((answer) => bySeq.has(answer?.id) && OUTCOMES.has(answer.outcome))
    .map(({ id, outcome, code }) => ({ seq: bySeq.get(id), outcome, code: String(code ?? "") }));
}

function runs(missing) {
  if (!Array.isArray(missing)) return [];
  return missing.filter((run) => Array.isArray(run) && run.length === 2 && run.every(Number.isSafeInteger) && run[0] <= run[1]);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Retry-After in seconds or as a date; at most an hour is believed.
function seconds(retryAfter, now = Date.now()) {
  if (!retryAfter) return 0;
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000;
  return asked > 0 ? Math.min(asked, 3600) : 0;
}

/** How long to wait after so many failures one after another, milliseconds: doubling, and never all phones together. */
export function pause(failures, random = Math.random) {
  return Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);
}

/** The text of a batch. `unsent` counts its records too; `oldest` (milliseconds or null) is that of what stays behind;
 * `held`: the highest number that the server has answered for. */
export function batchText({ installation, app, sentAt, unsent, oldest, held, device }, records) {
  return JSON.stringify({
    installation, app, sent_at: new Date(sentAt).toISOString(), unsent,
    oldest: oldest === null ? null : new Date(oldest).toISOString(),
    ...(held ? { held } : {}),
    ...(device ? { device } : {}),
    records: records.map(wire),
  });
}

/** `text` as gzip, as bytes; null where the browser has no gzip. */
export async function gzip(text) {
  if (typeof CompressionStream === "undefined") return null;
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
