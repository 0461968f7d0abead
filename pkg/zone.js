// Zone names as tables of offsets, by the host's Intl: no zone database enters the wasm.
const DAY = 86_400_000;
const MINUTE = 60_000;
/** As far back as any window looks; as far ahead as anything is deferred (to the end of a month) from a page that stands open. In days. */
const [BACK, AHEAD] = [400, 62];

/** The offsets of an IANA zone around `now`; undefined for an unknown name. */
export function offsets(zone, now) {
  // What is no instant is told by the reader of the story, with its place.
  if (!(Math.abs(now) <= 8.5e15)) return undefined;
  return between(zone, now - BACK * DAY, now + AHEAD * DAY);
}

/** The offsets of an IANA zone since 1970 and for decades to come: for files of any age. */
export const allOffsets = (zone) => between(zone, 0, 100 * 366 * DAY);

function between(zone, begin, end) {
  let format;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    });
  } catch {
    return undefined;
  }
  const minutes = (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
    return Math.round((local - Math.floor(at / MINUTE) * MINUTE) / MINUTE);
  };
  // Whole days, so that the table does not depend on the time of day it was made for.
  const first = Math.floor(begin / DAY) * DAY;
  const last = Math.floor(end / DAY) * DAY;
  let current = minutes(first);
  const table = [{ from: first, offsetMinutes: current }];
  for (let day = first; day < last; day += DAY) {
    const after = minutes(day + DAY);
    if (after === current) continue;
    // The change is somewhere in this day: halve until the minute is found.
    let [low, high] = [day, day + DAY];
    while (high - low > MINUTE) {
      const middle = Math.floor((low + (high - low) / 2) / MINUTE) * MINUTE;
      if (minutes(middle) === current) low = middle;
      else high = middle;
    }
    current = after;
    table.push({ from: high, offsetMinutes: current });
  }
  return table;
}
