// One file that is opened from a disk.
import { load } from 'tactful/inline';
import policy from 'tactful/starter.tactful';
import { decide, show } from './decide.js';
import story from './story.json';

show(load(policy, { unsigned: true }).then((tactful) => decide(tactful, story)));
