// Vite and webpack find the wasm by themselves.
import { load } from 'tactful';
import { decide, show } from './decide.js';
import story from './story.json';

const policy = new URL('./node_modules/tactful/starter.tactful', import.meta.url);
show(load(policy, { unsigned: true }).then((tactful) => decide(tactful, story)));
