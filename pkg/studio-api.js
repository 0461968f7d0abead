// Policies and stories as objects, over the studio edition however it was started.
import { approval, newKeys } from './approval.js';
import { describe } from './describe.js';
import { TactfulError, below, demand, guarded } from './error.js';
import { standingOf, verified } from './load.js';
import { overlapping } from './versions.js';
import { allOffsets, offsets } from './zone.js';

/** The offsets of every zone a mapping names; of those this host does not know, none. */
function zonesOf(mapping) {
  const { time, stamps = [], lifecycle = {} } = mapping ?? {};
  const clocks = [time, ...[stamps, Object.values(lifecycle ?? {})].flat().map((each) => each?.time)];
  const names = new Set(clocks.map((clock) => clock?.zone).filter((name) => typeof name === 'string' && !/^([+-]|UTC$|Z$)/.test(name)));
  return Object.fromEntries([...names].map((name) => [name, allOffsets(name)]).filter(([, table]) => table));
}

/** Names of the zones in which the desks of a policy are open. */
function zonesIn(patch) {
  const calendars = Object.values(patch?.routes?.calendars ?? {});
  return calendars.map((calendar) => calendar?.zone).filter((zone) => typeof zone === 'string');
}

/** A zone given by name becomes the table of its offsets. */
export function withZone(story) {
  const zone = story?.moment?.zone;
  if (typeof zone !== 'string') return story;
  const now = typeof story.moment.now === 'string' ? Date.parse(story.moment.now) : story.moment.now;
  const table = offsets(zone, now);
  return table ? { ...story, moment: { ...story.moment, zone: table } } : story;
}

/** Feeds a file to something that reads bytes as they come, and gives what came of it. */
async function read(reading, file, progress, ...how) {
  const encoder = new TextEncoder();
  const isPiece = (value) => typeof value === 'string' || value instanceof Uint8Array;
  const pieces = isPiece(file) ? [file] : file;
  const wrong = 'this should be bytes, text, or pieces of either';
  try {
    demand(pieces?.[Symbol.asyncIterator] ?? pieces?.[Symbol.iterator], '', wrong);
    for await (const piece of pieces) {
      demand(isPiece(piece), '', wrong);
      const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece;
      guarded(() => reading.push(bytes));
      progress?.(reading.rows());
    }
    return guarded(() => reading.finish(...how));
  } finally {
    reading.free();
  }
}

/** Documents nest no deeper than this; the wasm has a stack of its own, and does not survive its end. */
const DEPTH = 100;

/** Refuses what nests too deep, with the place. */
function bounded(...documents) {
  const inside = (value, path, depth) => {
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return;
    if (depth === DEPTH) throw new TactfulError({ code: 'TOO_LARGE', path, message: 'this nests too deep', hint: `at most ${DEPTH} levels` });
    for (const [name, each] of Object.entries(value)) inside(each, below(path, name), depth + 1);
  };
  for (const each of documents) inside(each, '', 0);
}

/** The functions of the studio; `start` starts its edition once, `schema` gives the schema of a policy. */
export function studio(start, schema) {
  const told = new Set();
  /** The edition, started, and told of the zones that these policies name: no zone database is in it. */
  const ready = async (...patches) => {
    bounded(...patches);
    const wasm = await start();
    for (const name of patches.flatMap(zonesIn).filter((name) => !told.has(name))) {
      const table = allOffsets(name);
      if (table) wasm.zone(name, table);
      told.add(name);
    }
    return wasm;
  };
  return {
    /** Compiles a policy, a merge patch over the starter, into the bytes the runtime loads. */
    async compile(patch = {}) {
      const wasm = await ready(patch);
      return guarded(() => wasm.compile(patch));
    },

    /** `{ errors, warnings, waived }` of a policy, every one of them; `now` says what is overdue. */
    async check(patch = {}, { now = Date.now() } = {}) {
      const wasm = await ready(patch);
      return guarded(() => wasm.check(patch, now));
    },

    /** What is wrong between policies, `{ name, patch }` each, that share an id: versions of one another. */
    async overlaps(policies) {
      const wasm = await ready(...policies.map(({ patch }) => patch));
      return overlapping(policies.map(({ name, patch }) => ({ name, ...guarded(() => wasm.whole(patch)) })));
    },

    /**
     * Signs exactly this policy: `{ approvals, exactly, dropped, standing }`, the approvals to be put over it,
     * those of exactly this, and those that are of something else by now and are dropped. `privateKey` is PEM or a CryptoKey, Ed25519.
     */
    async approve(patch, who) {
      const { by, role, privateKey, at = Date.now() } = who ?? {};
      const wasm = await ready(patch);
      const bytes = guarded(() => wasm.compile(patch));
      const engine = guarded(() => new wasm.Engine(bytes));
      try {
        const standing = await standingOf(wasm, engine);
        const { id } = guarded(() => wasm.starter());
        if (standing.id === id) throw new TactfulError({ code: 'MISSING', path: '/id', message: 'what is approved has a name of its own', hint: '"id" and "version": a log names what decided by them' });
        const own = await approval(standing, bytes, { by, role, at, privateKey });
        // Whoever approves again takes back what they approved before.
        const others = standing.approvals.filter((each) => each.by !== by || each.role !== role);
        const exactly = ({ policy, digest, compiled }) => policy === own.policy && digest === own.digest && compiled === own.compiled;
        const holds = (each) => exactly(each) || (each.policy === own.policy && each.guardrails === own.guardrails);
        const approvals = [...others.filter(holds), own];
        return { approvals, exactly: approvals.filter(exactly), dropped: others.filter((each) => !holds(each)), standing };
      } finally {
        engine.free();
      }
    },

    /** What is verified before a policy acts, of compiled bytes: its standing, with the approvals that hold. */
    async verify(bytes, options) {
      // A copy, before anything is waited for: what is verified is what was given.
      const own = new Uint8Array(bytes);
      return verified(await start(), own, options);
    },

    /** A new pair of keys for approving, as PEM. */
    keys: newKeys,

    /** A policy as a page people can read and own: HTML that prints and needs no network. */
    async describe(patch = {}) {
      const wasm = await ready(patch);
      const { policy, digest } = guarded(() => wasm.whole(patch));
      return describe(policy, { starter: guarded(() => wasm.starter()), schema: await schema(), digest });
    },

    /** The starter policy as an object. */
    async starter() {
      const wasm = await start();
      return guarded(() => wasm.starter());
    },

    /**
     * Assembles an export by its mapping, or contract events (NDJSON) where `mapping` is null: bytes,
     * text, or pieces of either as they come. Effort is measured by `policy` over the starter;
     * `now` says what is overdue; without it, the end of the file does. `progress` hears of the rows read so far.
     */
    async assemble(mapping, file, { format = 'csv', cases = false, policy, now, progress } = {}) {
      bounded(mapping);
      const wasm = await ready(policy);
      const assembly = guarded(() => new wasm.Assembly(mapping, format, zonesOf(mapping ?? {}), policy));
      return read(assembly, file, progress, cases, now);
    },

    /** The signals of a trace, `{ signals?, events, until? }`, over a policy's own parameters. */
    async signals(trace, patch) {
      bounded(trace);
      const wasm = await ready(patch);
      return guarded(() => wasm.signals(trace, patch));
    },

    /** Decides a story as a what-if: `{ decision, differences }` from what it expects. */
    async story(story, patch) {
      bounded(story);
      const wasm = await ready(patch, story?.policy);
      return guarded(() => wasm.story(withZone(story), patch));
    },

    /** What stands behind a story's decision: `{ decision, wouldChange, lost }`. */
    async explain(story, patch) {
      bounded(story);
      const wasm = await ready(patch, story?.policy);
      return guarded(() => wasm.explain(withZone(story), patch));
    },

    /** Decides a story and gives the line of a log: the decision with everything it was made from. */
    async record(story, { policy, groups } = {}) {
      bounded(story, groups);
      const wasm = await ready(policy);
      return guarded(() => wasm.record(withZone(story), policy, groups));
    },

    /**
     * Makes every decision of a log again (NDJSON: bytes, text, or pieces of either as they come), each by
     * the policy that made it: the starter or one of `policies`. `progress` hears of the records read so far.
     */
    async replay(log, { policies = [], progress } = {}) {
      const wasm = await ready(...policies);
      return read(guarded(() => wasm.LogReading.replay(policies)), log, progress);
    },

    /** Decides every record of a log by two policies: whose decisions change, and what it means for them. */
    async diff(old, other, log, { progress } = {}) {
      const wasm = await ready(old, other);
      return read(guarded(() => wasm.LogReading.diff(old, other)), log, progress);
    },

    /**
     * The ledger of exceptions of a policy and a log, alarms, and how far an organisation has come. `now` says
     * what is overdue; without it, the end of the log does. With `approvers`, signatures are verified.
     */
    async audit(patch, log = '', { now, approvers, guardRole, revoked, progress } = {}) {
      const wasm = await ready(patch);
      const verdict = async () => verified(wasm, guarded(() => wasm.compile(patch)), { approvers, guardRole, revoked }).then(
        () => true,
        (error) => {
          if (error.code === 'NOT_APPROVED') return false;
          throw error;
        },
      );
      const approved = approvers === undefined ? undefined : await verdict();
      return read(guarded(() => wasm.LogReading.audit(patch)), log, progress, now, approved);
    },

    /** A story with one change of `wouldChange`, to decide it again. */
    async changed(story, edit) {
      bounded(story, edit);
      const wasm = await start();
      return guarded(() => wasm.changed(withZone(story), edit));
    },
  };
}
