// Vercel's edge: as on workerd, but there it is the import that says so.
import wasm from './wasm/runtime_bg.wasm?module';
import * as glue from './wasm/runtime.js';
import { loader } from './load.js';
import { startedAtOnce } from './start.js';

export const load = loader({ start: startedAtOnce(glue, (own) => own ?? wasm) });

export { Tactful, TactfulError } from './runtime.js';
export { offsets as zoneOffsets } from './zone.js';
