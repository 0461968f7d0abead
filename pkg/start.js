import { TactfulError } from './error.js';

/** Starts an edition once, however often it is asked for, and names the usual reason when it fails. */
export function started(glue, init) {
  let ready;
  return () => {
    ready ??= init().then(
      (exports) => ({ ...glue, memory: () => exports.memory }),
      (cause) => {
        ready = undefined;
        const blocked = /unsafe-eval|Content Security Policy|CSP|disallowed by embedder/i.test(String(cause));
        const error = new TactfulError(
          blocked
            ? { code: 'CSP_BLOCKED', message: 'the page does not allow WebAssembly', hint: "script-src 'self' 'wasm-unsafe-eval'" }
            : { code: 'UNREACHABLE', message: `the engine could not be started: ${cause}` },
        );
        error.cause = cause;
        throw error;
      },
    );
    return ready;
  };
}
