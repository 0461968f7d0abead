import { TactfulError } from './error.js';

/** The editions of one module share it with everything made over it: the functions, and their memory. */
const edition = (glue, { memory }) => ({ ...glue, memory: () => memory });

/**
 * Starts an edition once, however often it is asked for, and names the usual reason when it fails. `wasm` is
 * where the host has it, for the first who asks: a URL, a Response, bytes or a compiled module.
 */
export function started(glue, find) {
  let ready;
  return (wasm) => {
    ready ??= Promise.resolve(wasm ?? find())
      .then((module_or_path) => glue.default({ module_or_path }))
      .then(
        (exports) => edition(glue, exports),
        (cause) => {
          ready = undefined;
          throw failure(cause);
        },
      );
    return ready;
  };
}

/** The same where the wasm is at hand and may be compiled at once; `find` is told what the host has said. */
export function startedAtOnce(glue, find) {
  let ready;
  return async (wasm) => {
    try {
      const module = ready ? undefined : await find(wasm);
      ready ??= edition(glue, glue.initSync({ module }));
      return ready;
    } catch (cause) {
      throw failure(cause);
    }
  };
}

const WRONG_EDITION = { code: 'WRONG_EDITION', path: '/wasm', message: 'this is the wasm of another edition', hint: 'tactful/tactful.wasm for tactful, tactful/page.wasm for tactful/page' };
const CSP_BLOCKED = { code: 'CSP_BLOCKED', message: 'this host does not allow WebAssembly to be compiled', hint: "in a page script-src 'self' 'wasm-unsafe-eval'; in a Worker the module is imported, not compiled" };
const unreachable = (cause) => ({ code: 'UNREACHABLE', message: `the engine could not be started: ${cause}`, hint: "load(policy, { wasm }) says where it is; a content security policy needs connect-src 'self' as well" });

function failure(cause) {
  const said = String(cause);
  const other = /Import #\d+ "/.test(said);
  const blocked = /unsafe-eval|Content Security Policy|CSP|disallowed by embedder/i.test(said);
  const error = new TactfulError(other ? WRONG_EDITION : blocked ? CSP_BLOCKED : unreachable(cause));
  error.cause = cause;
  return error;
}
