// The studio edition in pages and bundlers. It parses; the runtime does not.
import init, * as glue from './wasm/studio.js';
import { TactfulError } from './error.js';
import { started } from './start.js';
import { studio, withZone } from './studio-api.js';

const start = started(glue, () => init({ module_or_path: new URL('./wasm/studio_bg.wasm', import.meta.url) }));

export const { assemble, changed, check, compile, diff, explain, record, replay, signals, starter, story } = studio(start);
export { TactfulError, withZone };
