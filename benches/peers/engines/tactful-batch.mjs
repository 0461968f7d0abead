import { NOW, Tactful, action, begin, compiled, put, words } from '../tactful/load.mjs';
import { contexts, decidePlain } from '../policy.mjs';
export const meta = { id: 'tactful-batch', title: 'tactful, 1,000 resident sessions in one call', pkg: null, note: 'one fact of each session changes before each call; without the list of reasons' };
export async function init() {
  const tactful = await compiled();
  const map = words(tactful);
  const all = contexts(1000);
  const batch = tactful.batch(all.map((_, i) => begin(tactful, `p${i}`).visit));
  const width = batch.facts.length / all.length;
  all.forEach((c, i) => put(batch.facts, c, map.slots, i * width));
  // Reasons are what the single call gives: here only the actions are compared.
  const reasons = all.map((c) => decidePlain(c).reasons);
  const changes = map.slots[7];
  let i = 0;
  let bits;
  return {
    decide() {
      if (i === 0) {
        for (let at = changes; at < batch.facts.length; at += width) batch.facts[at] ^= 1;
        bits = batch.bits(NOW);
      }
      const answer = { action: action(map, bits[i], Tactful), reasons: reasons[i] };
      i = (i + 1) % 1000;
      return answer;
    },
  };
}
