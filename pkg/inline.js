// The page edition with its wasm inside, for a file that is opened from a disk: nothing is fetched. Policy
// JSON is not compiled here.
import { unbase64 } from './base64.js';
import * as glue from './wasm/page.js';
import packed from './wasm/page.inline.js';
import { loader } from './load.js';
import { started } from './start.js';

const unpacked = () => new Response(new Blob([unbase64(packed)]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();

export const load = loader({ start: started(glue, unpacked) });

export { observe } from './observer.js';
export { Tactful, TactfulError } from './runtime.js';
export { openStore } from './store.js';
export { offsets as zoneOffsets } from './zone.js';
