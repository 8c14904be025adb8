// What time it is, though the phone's own clock may be wrong, be set by hand in mid-shift, or have lost its battery.
// Every answer of the server says its time. Between answers a counter that nobody can set tells how much has passed.
//
// The counter stands still while a phone sleeps, and a phone sleeps only with its page hidden. So a clock that is ahead
// of the counter after the page was hidden has told the truth; while the page was in view it was set forward. A clock
// that has fallen behind the counter was set back, whatever the page did.

const JUMP = 2_000; // milliseconds by which clock and counter may differ before we call it a jump
const UNKNOWN = null;

/**
 * `offset`: server's clock less ours in milliseconds, as last known (null: the server has never been heard).
 * `jumped`: the clock was set, and the server has not been heard since. The clock that is answered has both, kept up.
 * `floor`: a moment that is certainly past, such as the last record's. `wall` and `counter`: where the times come from.
 */
export function createClock({ offset = UNKNOWN, floor = 0, wall = Date.now, counter = () => performance.now() } = {}) {
  const clock = { offset, jumped: false, now, tick, hear, hidden, ahead };
  let last = { wall: wall(), counter: counter() };
  let slept = false;

  // The phone's clock went off by so much: from here on the offset makes up for it.
  function jump(milliseconds) {
    clock.offset = (clock.offset ?? 0) - milliseconds;
    clock.jumped = true;
  }

  /** Look whether the clock was set. To be called every few seconds while the app is in view. */
  function tick() {
    const current = { wall: wall(), counter: counter() };
    const ahead = current.wall - last.wall - (current.counter - last.counter);
    if (ahead < -JUMP || (ahead > JUMP && !slept)) jump(ahead);
    last = current;
    slept = false;
    return current;
  }

  /** Now, in milliseconds since 1970: our best estimate. Never earlier than the floor. */
  function now() {
    const { wall: phone } = tick();
    const short = floor - phone - (clock.offset ?? 0);
    if (short > 0) jump(-short); // set back while the app was closed: go on from what is certain
    return phone + (clock.offset ?? 0);
  }

  /** The server said `serverTime` in an answer that took from `asked` to `answered` on the counter (milliseconds). */
  function hear(serverTime, asked, answered) {
    const current = tick();
    clock.offset = serverTime + (current.counter - (asked + answered) / 2) - current.wall;
    clock.jumped = false;
    floor = 0;
  }

  /** The page was hidden: the counter may have stood still since. */
  function hidden() {
    tick();
    slept = true;
  }

  /** How far the phone's clock is ahead of the server's, in seconds; null if unknown. */
  function ahead() {
    return clock.offset === null ? null : Math.round(-clock.offset / 1000);
  }

  return clock;
}
