// Who approved a policy, and whether that is true. Ed25519 by the host's WebCrypto, before a policy goes
// live: signatures over what was compiled, by people the host names, not the policy.
import { Reader } from './codec.js';
import { TactfulError } from './error.js';

/** What a signature begins with, so that no other text somebody signed is taken for an approval. */
const FORM = 'tactful approval 1';
/** Two people, so that nobody releases alone. */
const PEOPLE = 2;
/** Magic and format of a compiled policy. */
const HEAD = 5;

const utf8 = new TextEncoder();
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const unbase64 = (text) => Uint8Array.from(atob(text.replace(/\s/g, '')), (sign) => sign.charCodeAt(0));

function subtle() {
  const found = globalThis.crypto?.subtle;
  if (found) return found;
  throw new TactfulError({ code: 'UNSUPPORTED', message: 'this host has no WebCrypto, so no approval can be verified', hint: 'pages need https: or localhost' });
}

/** SHA-256 of what was compiled: everything that decides, without status and approvals. */
export async function compiledDigest(bytes) {
  const reader = new Reader(bytes.subarray(HEAD));
  const length = reader.int();
  return hex(await subtle().digest('SHA-256', bytes.subarray(0, HEAD + reader.at + length)));
}

/** What is signed: a list, so that no name can look like two. */
const statement = ({ by, role, at, digest, compiled, guardrails }) => utf8.encode(JSON.stringify([FORM, by, role, at, digest, compiled, guardrails]));

async function imported(key, kind, usage) {
  if (typeof CryptoKey !== 'undefined' && key instanceof CryptoKey) return key;
  const [form, label] = kind === 'public' ? ['spki', 'PUBLIC KEY'] : ['pkcs8', 'PRIVATE KEY'];
  const body = String(key).match(new RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`));
  if (!body) throw new TactfulError({ code: 'WRONG_TYPE', message: `this is no ${kind} key`, hint: `PEM that begins with -----BEGIN ${label}-----, as \`tactful keys\` or openssl write it` });
  return subtle().importKey(form, unbase64(body[1]), 'Ed25519', false, [usage]).catch((cause) => {
    throw new TactfulError({ code: cause.name === 'NotSupportedError' ? 'UNSUPPORTED' : 'WRONG_TYPE', message: `the ${kind} key cannot be used (${cause.message || cause.name})`, hint: 'an Ed25519 key' });
  });
}

/** A new pair of keys, as PEM. */
export async function newKeys() {
  const pem = (label, bytes) => `-----BEGIN ${label}-----\n${base64(bytes)}\n-----END ${label}-----\n`;
  const { publicKey, privateKey } = await subtle().generateKey('Ed25519', true, ['sign', 'verify']);
  return {
    publicKey: pem('PUBLIC KEY', await subtle().exportKey('spki', publicKey)),
    privateKey: pem('PRIVATE KEY', await subtle().exportKey('pkcs8', privateKey)),
  };
}

/** A person's approval of exactly this policy as it was compiled. */
export async function approval(standing, bytes, { by, role, at, privateKey }) {
  for (const [name, value] of Object.entries({ by, role }))
    if (typeof value !== 'string' || value.trim() === '') throw new TactfulError({ code: 'MISSING', path: `/${name}`, message: 'an approval says who approved, and in which role' });
  const { digest, guardrails } = standing;
  const said = { by, role, at, digest, compiled: await compiledDigest(bytes), guardrails };
  const signature = await subtle().sign('Ed25519', await imported(privateKey, 'private', 'sign'), statement(said));
  return { ...said, signature: base64(signature) };
}

/** Why an approval does not count; undefined when it does. */
async function objection(each, approvers) {
  const known = Object.hasOwn(approvers, each.by) ? approvers[each.by] : undefined;
  if (!known) return `\`${each.by}\` is not among the approvers this host knows`;
  if (!known.roles?.includes(each.role)) return `\`${each.by}\` does not hold the role \`${each.role}\``;
  const key = await imported(known.key, 'public', 'verify');
  let signature;
  try {
    signature = unbase64(each.signature);
  } catch {
    return 'the signature is no base64';
  }
  const holds = await subtle().verify('Ed25519', key, signature, statement(each));
  return holds ? undefined : `the signature is not that of \`${each.by}\` under this`;
}

const wrong = (path, message, hint) => new TactfulError({ code: 'NOT_APPROVED', path, message, hint });

/**
 * Verifies that a policy may go live: two people signed exactly this, and whoever answers for the
 * guardrails signed them as they are, in this version or an earlier one. Throws every objection at once.
 *
 * @returns the approvals that hold
 */
export async function verify(standing, bytes, { approvers, guardRole }) {
  const name = `${standing.id} ${standing.version}`;
  if (!approvers) throw wrong('', `${name} is live, and this host was not told whose approval counts`, 'load(policy, { approvers: { name: { key, roles } } }); in development: { unsigned: true }');
  const compiled = await compiledDigest(bytes);
  const objections = [];
  const held = [];
  const people = new Set();
  const keys = new Set();
  let guarded = false;
  for (const [i, each] of standing.approvals.entries()) {
    const path = `/approvals/${i}`;
    const against = await objection(each, approvers);
    if (against) {
      objections.push(wrong(path, against, 'remove it, or let them approve again'));
      continue;
    }
    if (each.role === guardRole && each.guardrails === standing.guardrails) guarded = true;
    if (each.digest !== standing.digest || each.compiled !== compiled) {
      const what = each.digest === standing.digest ? 'compiled to something else' : 'changed';
      if (!(each.role === guardRole && each.guardrails === standing.guardrails)) objections.push(wrong(path, `the policy was ${what} after \`${each.by}\` approved it`, 'let them see the difference and approve again'));
      continue;
    }
    held.push(each);
    people.add(each.by);
    keys.add(String(approvers[each.by].key));
  }
  const counted = Math.min(people.size, keys.size);
  if (counted < PEOPLE) objections.unshift(wrong('/approvals', `${counted} of ${PEOPLE} people approved exactly this (${name})`, 'tactful approve POLICY --key FILE --by NAME --role ROLE'));
  if (!guarded) objections.unshift(wrong('/approvals', `nobody in the role \`${guardRole}\` approved its guardrails`, 'guards, readiness, offers, templates and sources need that role whenever they change'));
  if (counted < PEOPLE || !guarded) throw TactfulError.from(objections);
  return held;
}
