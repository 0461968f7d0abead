// Servers, tests, the command line: the wasm is a file beside this one.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as glue from './wasm/runtime.js';
import { admitted, policiesBytes } from './load.js';
import { Tactful, TactfulError } from './runtime.js';

let ready;
function start() {
  ready ??= glue.initSync({ module: readFileSync(new URL('./wasm/runtime_bg.wasm', import.meta.url)) });
  return { ...glue, memory: () => ready.memory };
}

/** Here an address may be a file: a path, or a URL that says so. */
async function read(address) {
  try {
    if (/^https?:/.test(String(address))) return await fetch(address);
    return await readFile(address instanceof URL ? address : /^file:/.test(address) ? new URL(address) : address);
  } catch (cause) {
    throw new TactfulError({ code: 'UNREACHABLE', message: `${address} cannot be read`, hint: String(cause.message) });
  }
}

/**
 * Loads a policy (compiled bytes, a file, a URL or Response of them, or policy JSON), or of several
 * versions the one in force. Live ones are verified.
 */
export async function load(policy, options) {
  const bytes = await policiesBytes(policy, () => import('./studio-node.js'), read);
  return admitted(start(), bytes, options);
}

export { offsets as zoneOffsets } from './zone.js';
export { Tactful, TactfulError };
