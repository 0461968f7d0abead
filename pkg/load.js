// From whatever a host has to a policy that may decide here.
import { sha256, verify } from './approval.js';
import { LATEST, Reader } from './codec.js';
import { TactfulError, demand, guarded, instant } from './error.js';
import { STANDING } from './layout.js';
import { Tactful, viewed } from './runtime.js';

const MAGIC = [0x54, 0x43, 0x54, 0x46];
const isCompiled = (bytes) => MAGIC.every((byte, i) => bytes[i] === byte);

/**
 * The `load` of an edition on a kind of host: how its wasm starts, where the studio is that compiles policy
 * JSON, and what an address is.
 */
export const loader = ({ start, studio = ahead, read = fetched }) =>
  async function load(policy, options) {
    const [glue, bytes] = await Promise.all([start(options?.wasm), policiesBytes(policy, studio, read)]);
    return admitted(glue, bytes, options);
  };

/** Where there is no studio: it would be three times as large as everything else. */
async function ahead() {
  throw new TactfulError({ code: 'NOT_COMPILED', path: '/policy', message: 'policy JSON is not compiled on this host', hint: 'npx tactful compile POLICY -o policy.tactful, or compile() of tactful/studio' });
}

/**
 * Bytes of one policy or of several, from whatever a host has: bytes, a Response, a URL, or policy JSON,
 * for which the studio edition is fetched to compile it.
 */
async function policiesBytes(policy, studio, read) {
  const versions = Array.isArray(policy) ? policy : [policy];
  if (versions.length === 0) throw new TactfulError({ code: 'MISSING', path: '/policy', message: 'no policy was given' });
  return Promise.all(versions.map((each) => policyBytes(each, studio, read)));
}

/** What a value is, wherever it was made: pages, workers and tests have globals of their own. */
const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

async function policyBytes(policy, studio, read) {
  if (tag(policy) === 'ArrayBuffer' || tag(policy) === 'SharedArrayBuffer') policy = new Uint8Array(policy);
  if (ArrayBuffer.isView(policy)) policy = new Uint8Array(policy.buffer, policy.byteOffset, policy.byteLength);
  if (typeof policy === 'string' || policy instanceof URL) policy = await read(policy);
  // By its tag: looking for `Response` itself makes Node load everything it has for fetching.
  if (tag(policy) === 'Response') {
    if (!policy.ok)
      throw new TactfulError({ code: 'UNREACHABLE', message: `${policy.url} answers with status ${policy.status}` });
    const body = await policy.arrayBuffer().catch((cause) => {
      throw new TactfulError({ code: 'UNREACHABLE', message: `${policy.url || 'the response'} cannot be read`, hint: String(cause.message) });
    });
    policy = new Uint8Array(body);
  }
  if (policy instanceof Uint8Array) {
    if (isCompiled(policy)) return policy;
    try {
      policy = JSON.parse(new TextDecoder().decode(policy));
    } catch (cause) {
      throw new TactfulError({ code: 'SYNTAX', message: 'this is neither a compiled policy nor JSON', hint: String(cause.message) });
    }
  }
  const proto = tag(policy) === 'Object' && Object.getPrototypeOf(policy);
  if (proto === false || (proto !== null && Object.getPrototypeOf(proto) !== null))
    throw new TactfulError({ code: 'WRONG_TYPE', path: '/policy', message: `this is no policy (${tag(policy)})`, hint: 'compiled bytes, a URL or Response of them, or policy JSON as an object' });
  const { compile } = await studio();
  return compile(policy);
}

async function fetched(address) {
  return fetch(address).catch((cause) => {
    throw new TactfulError({ code: 'UNREACHABLE', message: `${address} cannot be fetched`, hint: String(cause.message) });
  });
}

/** The guardrails are this role's, unless the host says otherwise. */
const GUARD_ROLE = 'compliance';

/** What a loaded policy says of itself, with the digest of the guardrails that really run. */
export async function standingOf(glue, engine) {
  const standing = new Reader(viewed(glue, engine.standing())).get(STANDING);
  for (const at of [standing.effectiveFrom, standing.reviewDue])
    if (Math.abs(at ?? 0) > LATEST) throw new TactfulError({ code: 'CORRUPT', message: 'a date of this policy is beyond all time' });
  // Copied before anything else may use the memory it lies in.
  const guardrails = viewed(glue, engine.guardrails()).slice();
  return { ...standing, guardrails: await sha256(guardrails) };
}

/**
 * A policy that may decide here. Of several versions it is the live one that took effect last. A live
 * policy is verified, a draft is refused, unless the host runs what nobody approved (`unsigned`).
 */
async function admitted(glue, sources, options) {
  const { approvers, guardRole = GUARD_ROLE, revoked = [], id, unsigned = false, now = Date.now() } = options ?? {};
  instant(now, '/now');
  // What comes out of an environment is text, and every text is true.
  demand(typeof unsigned === 'boolean', '/unsigned', 'this should be true or false');
  const all = [];
  let chosen;
  try {
    for (const source of sources) {
      // A copy: what is verified is what was loaded, whatever becomes of the buffer meanwhile.
      const bytes = new Uint8Array(source);
      const engine = guarded(() => new glue.Engine(bytes));
      all.push({ bytes, engine });
    }
    for (const each of all) each.standing = await standingOf(glue, each.engine);
    const loaded = all.length === 1 ? all[0] : inForce(all, now);
    const { standing, bytes, engine } = loaded;
    const name = `${standing.id} ${standing.version}`;
    if (id !== undefined && standing.id !== id) throw new TactfulError({ code: 'CONFLICT', path: '/id', message: `this is ${name}, and \`${id}\` was expected` });
    let approvals = [];
    // Whatever else it says it is, it acts only if it was verified, or if the host wants what is unsigned.
    let acts = unsigned && standing.status !== 'shadow';
    if (!unsigned && standing.status !== 'shadow') {
      if (standing.status !== 'live')
        throw new TactfulError({ code: 'NOT_APPROVED', path: '/status', message: `${name} is a draft`, hint: 'in development load(policy, { unsigned: true }); otherwise let it be approved and make it live, or shadow to try it out' });
      if (standing.effectiveFrom > now)
        throw new TactfulError({ code: 'NOT_IN_FORCE', path: '/effectiveFrom', message: `${name} takes effect on ${new Date(standing.effectiveFrom).toISOString()}`, hint: 'load it beside the version before it: load([before, after]); or try it out in shadow' });
      approvals = await verify(standing, bytes, { approvers, guardRole, revoked });
      acts = true;
    }
    const later = all.map((each) => each.standing).filter((each) => each.status === 'live' && each.effectiveFrom > now);
    const until = later.length > 0 ? Math.min(...later.map((each) => each.effectiveFrom)) : undefined;
    chosen = engine;
    return new Tactful(glue, engine, Object.freeze({ ...standing, approvals, until }), acts);
  } finally {
    for (const { engine } of all) if (engine !== chosen) engine.free();
  }
}

/** Of several versions the live one that took effect last. */
function inForce(all, now) {
  const named = (some) => some.map(({ standing }) => `${standing.id} ${standing.version}`).join(' and ');
  if (new Set(all.map(({ standing }) => standing.id)).size > 1)
    throw new TactfulError({ code: 'CONFLICT', path: '/id', message: `${named(all)} are no versions of one policy` });
  const begun = all.filter(({ standing }) => standing.status === 'live' && (standing.effectiveFrom ?? -Infinity) <= now);
  const from = (each) => each.standing.effectiveFrom ?? -Infinity;
  const last = Math.max(...begun.map(from));
  const chosen = begun.filter((each) => from(each) === last);
  if (chosen.length === 1) return chosen[0];
  if (chosen.length === 0) throw new TactfulError({ code: 'NOT_IN_FORCE', path: '/status', message: 'none of these versions is live and in force', hint: 'a draft or a shadow is loaded by itself' });
  throw new TactfulError({ code: 'CONFLICT', path: '/effectiveFrom', message: `${named(chosen)} take effect at the same time`, hint: 'take one of them back to shadow' });
}

/** What is verified before a policy acts, whatever its status: its standing, and the approvals that hold. */
export async function verified(glue, bytes, options) {
  const { approvers = null, guardRole = GUARD_ROLE, revoked = [] } = options ?? {};
  const engine = guarded(() => new glue.Engine(bytes));
  try {
    const standing = await standingOf(glue, engine);
    return { ...standing, approvals: await verify(standing, bytes, { approvers, guardRole, revoked }) };
  } finally {
    engine.free();
  }
}
