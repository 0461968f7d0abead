import { load, put, result } from '../tactful/load.mjs';
export const meta = { id: 'tactful', title: 'tactful (Rust wasm), 24 facts pushed from a plain object', pkg: null, note: 'no eval; policy as data; person, guards and promise included; shared frozen reason lists' };
export async function init() {
  const { visit, person, now, map } = await load();
  return { decide(c) { put(person.facts, c); return result(map, visit.bits(now), visit); } };
}
