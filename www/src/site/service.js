import { tell } from '../help/session.js';

// Between them lies what a visitor notices as "it takes a moment".
const FASTEST_MS = 500;
const SLOWEST_MS = 1400;
/** Two in five, so that a visitor of the demo meets it soon. */
const FAILS = 0.4;

/**
 * Stands for a server of the company, asked by a form: it takes its time, and sometimes it does not
 * answer. The page tells tactful when it waits and what came of it. Gives whether it worked; nothing if
 * the form has been left meanwhile: its answer concerns nobody any more.
 */
export const askServer = async (form) => {
  tell('pending');
  await new Promise((resolve) => setTimeout(resolve, FASTEST_MS + Math.random() * (SLOWEST_MS - FASTEST_MS)));
  tell('settled');
  if (!form.isConnected) return undefined;
  const works = Math.random() >= FAILS;
  if (!works) tell('failed', form.id, { http: true });
  tell('form', form, works ? 'ok' : 'failed');
  return works;
};
