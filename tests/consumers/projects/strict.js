// No bundler, and a content security policy that permits no more than it must.
import { load } from './node_modules/tactful/web.js';
import { decide, show } from './decide.js';

const story = await (await fetch('./story.json')).json();
show(load('./node_modules/tactful/starter.tactful', { unsigned: true }).then((tactful) => decide(tactful, story)));
