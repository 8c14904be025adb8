// What she notices without looking: a tone and a buzz for each verdict; and a screen that stays lit.

const TONES = { green: [[880, 0.12]], amber: [[660, 0.12], [660, 0.12]], red: [[220, 0.35], [180, 0.45]], seen: [[1320, 0.04]] };
const BUZZES = { green: 60, amber: [80, 60, 80], red: [300, 100, 300], seen: 20 };
let audio = null;

// kind: "green", "amber", "red", or "seen" for a pass that was read
export function signal(kind) {
  navigator.vibrate?.(BUZZES[kind]);
  if (!audio) return;
  let at = audio.currentTime;
  for (const [pitch, seconds] of TONES[kind]) {
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.4, at);
    loudness.gain.exponentialRampToValueAtTime(0.01, at + seconds);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.05;
  }
}

// Browsers let a page sound only after it was touched: call it at a touch.
export function allowSound() {
  audio ??= globalThis.AudioContext ? new AudioContext() : null;
  if (audio?.state === "suspended") audio.resume();
}

// Keeps the screen lit until the answer is called.
export function keepLit() {
  let lock = null;
  let wanted = true;
  const ask = async () => {
    if (!wanted || document.hidden || !navigator.wakeLock) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null); // a nearly empty battery refuses it
    if (!wanted) lock?.release();
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", ask);
    lock?.release();
  };
}
