// Pages and bundlers: the wasm is fetched from beside this file.
import * as glue from './wasm/runtime.js';
import { loader } from './load.js';
import { started } from './start.js';

export const load = loader({
  start: started(glue, () => new URL('./wasm/runtime_bg.wasm', import.meta.url)),
  studio: () => import('./studio.js'),
});

export { Tactful, TactfulError } from './runtime.js';
export { offsets as zoneOffsets } from './zone.js';
