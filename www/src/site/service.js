import { tell } from '../help/session.js';

// Between them lies what a visitor notices as "it takes a moment".
const FASTEST_MS = 500;
const SLOWEST_MS = 1400;
/** Two in five, so that a visitor of the demo meets it soon. */
const FAILS = 0.4;

export class NoAnswer extends Error {}

/**
 * Stands for a server of the company: it takes its time, and sometimes it does not answer. The page tells
 * tactful when it waits and when something failed; what was asked stays here.
 */
export const askServer = async (what) => {
  tell('pending');
  await new Promise((resolve) => setTimeout(resolve, FASTEST_MS + Math.random() * (SLOWEST_MS - FASTEST_MS)));
  tell('settled');
  if (Math.random() >= FAILS) return;
  tell('failed', what, { http: true });
  throw new NoAnswer(`the server did not answer: ${what}`);
};
