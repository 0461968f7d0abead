const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** An instant as a person would say it: the clock today, otherwise the date with the clock. */
export const saidInstant = (at, now = Date.now()) => {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return sameDay ? `today, ${clock.format(at)}` : dayAndClock.format(at);
};

/** A length of time, rounded up: a promise must not sound shorter than it is. */
export const saidLength = (ms) => {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  if (minutes === 1) return 'a minute';
  if (minutes < 90) return `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours <= 36 ? `${hours} hours` : `${Math.ceil(ms / DAY_MS)} days`;
};

export const saidAge = (ms) => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
};
