import { load } from 'tactful';
import policy from 'tactful/starter.tactful';
import { decide } from './decide.js';
import story from './story.json';

export default {
  async fetch() {
    const tactful = await load(policy, { unsigned: true });
    return new Response(decide(tactful, story));
  },
};
