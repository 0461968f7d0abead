// The page edition: everything of the runtime, the DOM observer and a store, over one wasm of its own.
import * as glue from './wasm/page.js';
import { loader } from './load.js';
import { started } from './start.js';

export const load = loader({
  start: started(glue, () => new URL('./wasm/page_bg.wasm', import.meta.url)),
  studio: () => import('./studio.js'),
});

export { observe } from './observer.js';
export { Tactful, TactfulError } from './runtime.js';
export { openStore } from './store.js';
export { offsets as zoneOffsets } from './zone.js';
