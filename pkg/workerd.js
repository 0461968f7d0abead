// Cloudflare Workers (workerd): bytes may not be compiled there, a module is imported.
import wasm from './wasm/runtime_bg.wasm';
import * as glue from './wasm/runtime.js';
import { loader } from './load.js';
import { startedAtOnce } from './start.js';

export const load = loader({ start: startedAtOnce(glue, (own) => own ?? wasm) });

export { Tactful, TactfulError } from './runtime.js';
export { offsets as zoneOffsets } from './zone.js';
