// Policies and stories as objects, over the studio edition however it was started.
import { guarded } from './error.js';
import { offsets } from './zone.js';

/** A zone given by name becomes the table of its offsets. */
export function withZone(story) {
  const zone = story?.moment?.zone;
  if (typeof zone !== 'string') return story;
  const now = typeof story.moment.now === 'string' ? Date.parse(story.moment.now) : story.moment.now;
  const table = offsets(zone, now);
  return table ? { ...story, moment: { ...story.moment, zone: table } } : story;
}

/** The functions of the studio; `start` starts its edition once. */
export function studio(start) {
  return {
    /** Compiles a policy, a merge patch over the starter, into the bytes the runtime loads. */
    async compile(patch = {}) {
      const wasm = await start();
      return guarded(() => wasm.compile(patch));
    },

    /** `{ errors, warnings }` of a policy, every one of them. */
    async check(patch = {}) {
      const wasm = await start();
      return guarded(() => wasm.check(patch));
    },

    /** The starter policy as an object. */
    async starter() {
      const wasm = await start();
      return guarded(() => wasm.starter());
    },

    /** The signals of a trace, `{ signals?, events, until? }`, over a policy's own parameters. */
    async signals(trace, patch) {
      const wasm = await start();
      return guarded(() => wasm.signals(trace, patch));
    },

    /** Decides a story as a what-if: `{ decision, differences }` from what it expects. */
    async story(story, patch) {
      const wasm = await start();
      return guarded(() => wasm.story(withZone(story), patch));
    },
  };
}
