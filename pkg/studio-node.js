// The studio edition on servers and the command line: the wasm is a file beside this one.
import { readFile } from 'node:fs/promises';
import * as glue from './wasm/studio.js';
import { TactfulError } from './error.js';
import { started } from './start.js';
import { studio, withZone } from './studio-api.js';

const start = started(glue, () => readFile(new URL('./wasm/studio_bg.wasm', import.meta.url)));

const schema = async () => JSON.parse(await readFile(new URL('./policy.schema.json', import.meta.url), 'utf8'));

export const { approve, assemble, audit, changed, check, compile, describe, diff, explain, keys, overlaps, record, replay, signals, starter, story, verify } = studio(start, schema);
export { TactfulError, withZone };
