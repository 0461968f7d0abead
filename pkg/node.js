// Servers, tests, the command line: the wasm is a file beside this one.
import { readFileSync } from 'node:fs';
import * as glue from './wasm/runtime.js';
import { Tactful, TactfulError, policyBytes } from './runtime.js';
import { guarded } from './error.js';

let ready;
function start() {
  ready ??= glue.initSync({ module: readFileSync(new URL('./wasm/runtime_bg.wasm', import.meta.url)) });
  return { ...glue, memory: () => ready.memory };
}

/** Loads a policy: compiled bytes, a URL or Response of them, or policy JSON. */
export async function load(policy) {
  const bytes = await policyBytes(policy, () => import('./studio-node.js'));
  return guarded(() => new Tactful(start(), bytes));
}

export { Tactful, TactfulError };
