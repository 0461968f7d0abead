// The studio edition on servers and the command line: the wasm is a file beside this one.
import { readFile } from 'node:fs/promises';
import init, * as glue from './wasm/studio.js';
import { TactfulError } from './error.js';
import { started } from './start.js';
import { studio, withZone } from './studio-api.js';

const start = started(glue, async () =>
  init({ module_or_path: await readFile(new URL('./wasm/studio_bg.wasm', import.meta.url)) }),
);

export const { assemble, changed, check, compile, diff, explain, record, replay, signals, starter, story } = studio(start);
export { TactfulError, withZone };
