/** Misuse, never a decision: being told to stay silent is a result. */
export class TactfulError extends Error {
  /**
   * @param {{ code: string, path?: string, message: string, hint?: string }} what
   * @param {TactfulError[]} [all] every mistake, when there are several
   */
  constructor({ code, path = '', message, hint = '' }, all) {
    super(`${code}${path && ` at ${path}`}: ${message}${hint && ` (${hint})`}`);
    this.name = 'TactfulError';
    /** A stable word for the class of the mistake. */
    this.code = code;
    /** What is wrong, by itself. */
    this.reason = message;
    /** JSON pointer to the place. */
    this.path = path;
    /** How to mend it. */
    this.hint = hint;
    /** Every mistake, this one first. */
    this.all = all ?? [this];
  }

  /** What wasm threw, as a TactfulError. */
  static from(thrown) {
    if (thrown instanceof TactfulError) return thrown;
    if (Array.isArray(thrown) && thrown.length > 0) {
      const all = thrown.map((each) => TactfulError.from(each));
      const [first] = all;
      first.all = all;
      return first;
    }
    if (typeof thrown?.code === 'string') return new TactfulError(thrown);
    const error = new TactfulError({ code: 'INTERNAL', message: String(thrown?.message ?? thrown) });
    error.cause = thrown;
    return error;
  }
}

/** Runs `call` and lets nothing but a TactfulError out. */
export function guarded(call) {
  try {
    return call();
  } catch (thrown) {
    throw TactfulError.from(thrown);
  }
}

/** Refuses what does not hold, with its place. */
export function demand(holds, path, message, code = 'WRONG_TYPE') {
  if (!holds) throw new TactfulError({ code, path, message });
}

/** Refuses what is no object. */
export function demandObject(value, path, what = 'this should be an object') {
  demand(value !== null && typeof value === 'object' && !Array.isArray(value), path, what);
}

/** The JSON pointer to something below a place. */
export const below = (path, name) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** There is no hidden clock: an instant is always told. */
export function instant(value, path) {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  const message = value === undefined ? 'no moment was told' : `${String(value)} is no instant`;
  throw new TactfulError({ code: 'MISSING', path, message, hint: 'integer milliseconds, for example Date.now()' });
}

/** What was not disposed. */
export function alive(handle) {
  if (!handle) throw new TactfulError({ code: 'DISPOSED', message: 'this was disposed, or its visit has ended' });
  return handle;
}
