// The studio edition in pages and bundlers. It parses; the runtime does not.
import * as glue from './wasm/studio.js';
import { TactfulError } from './error.js';
import { started } from './start.js';
import { studio, withZone } from './studio-api.js';

const start = started(glue, () => new URL('./wasm/studio_bg.wasm', import.meta.url));

const schema = async () => (await fetch(new URL('./policy.schema.json', import.meta.url))).json();

export const { approve, assemble, audit, changed, check, compile, describe, diff, explain, keys, overlaps, record, replay, signals, starter, story, verify } = studio(start, schema);
export { TactfulError, withZone };
