// What time it is, though the phone's own clock may be wrong, be set by hand in mid-shift, or have lost its battery.
// Every answer of the server says its time. Between answers a counter that nobody can set tells how much has passed.

const JUMP = 2_000; // milliseconds by which clock and counter may differ before we call it a jump
const UNKNOWN = null;

/**
 * `offset`: server's clock less ours in milliseconds, as last known (null: the server has never been heard).
 * `floor`: a moment that is certainly past, such as the last record's. `wall` and `counter`: where the times come from.
 */
export function createClock({ offset = UNKNOWN, floor = 0, wall = Date.now, counter = () => performance.now() } = {}) {
  const clock = {
    offset,
    /** Set by hand, or unsure: true from a jump until the server is heard again. */
    jumped: false,
    now,
    tick,
    hear,
  };
  let last = { wall: wall(), counter: counter() };
  let slept = false;
  let correction = 0; // what jumps of this session have put on the phone's clock

  // The counter stands still while a phone sleeps, and a phone sleeps only with its page hidden. So a clock that is
  // ahead of the counter after the page was hidden has told the truth; while the page was in view it was set forward.
  // A clock that has fallen behind the counter was set back, whatever the page did.
  function tick() {
    const current = { wall: wall(), counter: counter() };
    const ahead = current.wall - last.wall - (current.counter - last.counter);
    if (ahead < -JUMP || (ahead > JUMP && !slept)) {
      correction -= ahead;
      clock.jumped = true;
    }
    last = current;
    slept = false;
    return current;
  }

  /** Now, in milliseconds since 1970: our best estimate. Never earlier than the floor. */
  function now() {
    const estimate = tick().wall + (clock.offset ?? 0) + correction;
    if (estimate >= floor) return estimate;
    correction += floor - estimate; // set back while the app was closed: go on from what is certain
    clock.jumped = true;
    return floor;
  }

  /** The server said `serverTime` in an answer that took from `asked` to `answered` on the counter (milliseconds). */
  function hear(serverTime, asked, answered) {
    const current = tick();
    clock.offset = serverTime + (current.counter - (asked + answered) / 2) - current.wall;
    correction = 0;
    floor = 0;
    clock.jumped = false;
    return clock.offset;
  }

  /** The page was hidden: the counter may have stood still since. */
  clock.hidden = () => {
    tick();
    slept = true;
  };
  /** How far the phone's clock is ahead of the server's, in seconds; null if unknown. */
  clock.ahead = () => (clock.offset === null ? null : Math.round((-clock.offset - correction) / 1000));
  return clock;
}
