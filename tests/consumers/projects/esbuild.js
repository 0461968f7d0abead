// esbuild leaves `new URL(…, import.meta.url)` alone: the engine is imported as a file, and named.
import { load } from 'tactful';
import policy from 'tactful/starter.tactful';
import wasm from 'tactful/tactful.wasm';
import { decide, show } from './decide.js';
import story from './story.json';

const here = (file) => new URL(file, import.meta.url);
show(load(here(policy), { wasm: here(wasm), unsigned: true }).then((tactful) => decide(tactful, story)));
