// How a phone becomes a device of the office: by a one-time code, and trusting one root only.

import { base64url, fromHex } from "./sealing.js";

const SHAPE = /SWE1\.(\d{12})\.([A-Za-z0-9_-]{4,64})\.([A-Za-z0-9_-]{22})$/;

/** `code`: a word of `enrol.refused.<code>`. */
export class NotEnrolled extends Error {
  constructor(code, message = code) {
    super(message);
    this.code = code;
  }
}

/** What a scanned address or typed text says: `{code, root}`; null if it is no code for enrolling. */
export function readCode(text) {
  const found = SHAPE.exec(text.trim());
  return found ? { code: `${found[1]}.${found[2]}`, root: found[3] } : null;
}

/** Whether `pointHex` is the root key whose fingerprint (SHA-256, 16 bytes, base64url) was in the office's code. */
export async function isRoot(pointHex, fingerprint) {
  if (!/^04[0-9a-f]{128}$/.test(pointHex ?? "")) return false;
  const digest = await crypto.subtle.digest("SHA-256", fromHex(pointHex));
  return base64url(new Uint8Array(digest).slice(0, 16)) === fingerprint;
}

/** Enrol this phone. What it has not sent yet stays and is sent as the new device. Throws `NotEnrolled`. */
export async function enrol(text, { store, app }) {
  const read = readCode(text);
  if (!read) throw new NotEnrolled("not_a_code");
  // With the installation, the same code may be shown again if the answer is lost.
  const said = await ask({ code: read.code, app, installation: store.get("installation") });
  if (!(await isRoot(said.root, read.root))) throw new NotEnrolled("other_root");
  // Another community's pack is of no use; but keys of the same root are kept, so that older ones go on being refused.
  await store.forgetParts(store.get("root") === read.root ? ["trust"] : []);
  await store.set({
    device: said.device, token: said.token, root: read.root, point: said.root,
    stopped: undefined, lost: undefined, gate: said.device.entrance ?? undefined,
    keeper: undefined, dutySince: undefined, // whoever keeps the new place says so herself
  });
  return said.device;
}

async function ask(body) {
  let response, said;
  try {
    response = await fetch("/api/v1/sync/enrol", {
      method: "POST", credentials: "omit", cache: "no-store", redirect: "error",
      headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    said = await response.json();
  } catch {
    throw new NotEnrolled("offline");
  }
  if (response.ok && said.token && said.device?.id) return said;
  throw new NotEnrolled(String(said.code ?? "offline"), String(said.message ?? ""));
}
