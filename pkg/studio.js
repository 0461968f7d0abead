// The studio edition: policies and stories as objects. It parses; the runtime does not.
import init, * as glue from './wasm/studio.js';
import { TactfulError, guarded } from './error.js';
import { started } from './start.js';
import { offsets } from './zone.js';

const url = new URL('./wasm/studio_bg.wasm', import.meta.url);
const start = started(glue, async () => {
  if (globalThis.process?.versions?.node === undefined) return init({ module_or_path: url });
  const { readFile } = await import('node:fs/promises');
  return init({ module_or_path: await readFile(url) });
});

/** Compiles a policy, a merge patch over the starter, into the bytes the runtime loads. */
export async function compile(patch = {}) {
  const wasm = await start();
  return guarded(() => wasm.compile(patch));
}

/** `{ errors, warnings }` of a policy, every one of them. */
export async function check(patch = {}) {
  const wasm = await start();
  return guarded(() => wasm.check(patch));
}

/** The starter policy as an object. */
export async function starter() {
  return (await start()).starter();
}

/**
 * Decides a story as a what-if: `{ decision, differences }` from what it expects.
 *
 * @param {object} story
 * @param {object} [patch] a policy for stories that bring none
 */
export async function story(story, patch) {
  const wasm = await start();
  return guarded(() => wasm.story(withZone(story), patch));
}

/** A zone given by name becomes the table of its offsets. */
export function withZone(story) {
  const zone = story?.moment?.zone;
  if (typeof zone !== 'string') return story;
  const now = typeof story.moment.now === 'string' ? Date.parse(story.moment.now) : story.moment.now;
  const table = offsets(zone, now);
  return table ? { ...story, moment: { ...story.moment, zone: table } } : story;
}

export { TactfulError };
