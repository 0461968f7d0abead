import { NOW, Tactful, action, begin, compiled, put, words } from '../tactful/load.mjs';
export const meta = { id: 'tactful', title: 'tactful, 24 facts pushed from a plain object', pkg: null, note: 'no eval; policy as data; person, guards and promise included; shared frozen reason lists' };
export async function init() {
  const tactful = await compiled();
  const map = words(tactful);
  const { person, visit } = begin(tactful);
  const { facts } = person;
  return {
    decide(c) {
      put(facts, c, map.slots);
      const bits = visit.bits(NOW);
      return { action: action(map, bits, Tactful), reasons: map.sets[visit.ownBlockers()] };
    },
  };
}
