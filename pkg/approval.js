// Who approved a policy, and whether that is true. Ed25519 by the host's WebCrypto, before a policy goes
// live: signatures over what was compiled, by people the host names, not the policy.
import { base64, unbase64 } from './base64.js';
import { LATEST, Reader } from './codec.js';
import { TactfulError, below, demand } from './error.js';

/** What a signature begins with, so that no other text somebody signed is taken for an approval. */
const FORM = 'tactful approval 1';
/** Two people, so that nobody releases alone. */
const PEOPLE = 2;
/** Magic and format of a compiled policy. */
const HEAD = 5;

const utf8 = new TextEncoder();
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const isText = (value) => typeof value === 'string' && value.trim() !== '';

function subtle() {
  const found = globalThis.crypto?.subtle;
  if (found) return found;
  throw new TactfulError({ code: 'UNSUPPORTED', message: 'this host has no WebCrypto, so no approval can be verified', hint: 'pages need https: or localhost' });
}

/** SHA-256, in hexadecimal digits. */
export const sha256 = async (bytes) => hex(await subtle().digest('SHA-256', bytes));

/** The sealed part of a compiled policy: everything that decides, without status and approvals. */
export function sealed(bytes) {
  const reader = new Reader(bytes.subarray(HEAD));
  const length = reader.int();
  return bytes.subarray(0, HEAD + reader.at + length);
}

/** What is signed: a list, so that no name can look like two. */
const statement = ({ by, role, at, policy, digest, compiled, guardrails }) => utf8.encode(JSON.stringify([FORM, by, role, at, policy, digest, compiled, guardrails]));

const LABELS = { public: ['spki', 'PUBLIC KEY', 'verify'], private: ['pkcs8', 'PRIVATE KEY', 'sign'] };

/** A key out of PEM, also on one line as it is kept in variables of the environment. */
async function imported(key, kind, path) {
  const [form, label, usage] = LABELS[kind];
  const refuse = (message, hint = `an Ed25519 key as PEM, -----BEGIN ${label}-----, as \`tactful keys\` or openssl write it`) =>
    new TactfulError({ code: 'WRONG_TYPE', path, message, hint });
  if (typeof CryptoKey !== 'undefined' && key instanceof CryptoKey) {
    if (key.algorithm.name !== 'Ed25519' || key.type !== kind || !key.usages.includes(usage)) throw refuse(`this is no Ed25519 ${kind} key that can ${usage}`);
    return key;
  }
  const pem = typeof key === 'string' ? key.replaceAll('\\n', '\n') : '';
  const blocks = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END/g)];
  if (blocks.length === 0) throw refuse(`this is no ${kind} key`);
  const [, , body] = blocks.find(([, found]) => found === label) ?? [];
  if (body === undefined) throw refuse(`a ${label} is needed, and this is: ${blocks.map(([, found]) => found).join(', ')}`);
  try {
    return await subtle().importKey(form, unbase64(body), 'Ed25519', false, [usage]);
  } catch (cause) {
    if (cause.name === 'NotSupportedError') throw new TactfulError({ code: 'UNSUPPORTED', path, message: 'the WebCrypto of this host knows no Ed25519' });
    throw refuse(`this ${kind} key cannot be used`, 'an Ed25519 key, whole and unchanged');
  }
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
export async function approval(standing, bytes, who) {
  const { by, role, at, privateKey } = who ?? {};
  const wrong = Object.entries({ by, role }).filter(([, value]) => !isText(value)).map(([name]) => new TactfulError({ code: 'MISSING', path: `/${name}`, message: 'an approval says who approved, and in which role' }));
  if (!Number.isInteger(at) || Math.abs(at) > LATEST) wrong.push(new TactfulError({ code: 'WRONG_TYPE', path: '/at', message: 'an approval has a time', hint: 'integer milliseconds, for example Date.now()' }));
  if (wrong.length > 0) throw TactfulError.from(wrong);
  const { id: policy, digest, guardrails } = standing;
  const said = { by, role, at, policy, digest, compiled: await sha256(sealed(bytes)), guardrails };
  const signature = await subtle().sign('Ed25519', await imported(privateKey, 'private', '/privateKey'), statement(said));
  return { ...said, signature: base64(signature) };
}

/** Whose approval counts on this host: read whole, so that a slip in it is never taken for one of the policy. */
async function readApprovers(approvers) {
  const refuse = (path, message, hint) => new TactfulError({ code: 'WRONG_TYPE', path, message, hint });
  if (Object.prototype.toString.call(approvers) !== '[object Object]')
    throw refuse('/approvers', 'approvers are named: { mara: { key, roles } }', 'a public key and the roles of each');
  const wrong = [];
  const known = new Map();
  for (const [by, each] of Object.entries(approvers)) {
    const path = below('/approvers', by);
    const { key, roles, notBefore = -Infinity } = each ?? {};
    if (!Array.isArray(roles) || !roles.every(isText)) wrong.push(refuse(`${path}/roles`, 'roles are a list of names', '["compliance"]'));
    if (typeof notBefore !== 'number' || Number.isNaN(notBefore)) wrong.push(refuse(`${path}/notBefore`, 'this is no time', 'integer milliseconds'));
    await imported(key, 'public', `${path}/key`).then(
      (key) => known.set(by, { key, roles, notBefore }),
      (error) => wrong.push(error),
    );
  }
  if (wrong.length > 0) throw TactfulError.from(wrong);
  return known;
}

function signatureOf({ signature }) {
  try {
    return unbase64(signature);
  } catch {
    return undefined;
  }
}

const isSigned = (each, key) => subtle().verify('Ed25519', key, signatureOf(each), statement(each));

/** How many people are behind approvals: a key that also fits another's signature is that other's. */
async function people(approvals, known) {
  const found = [];
  for (const each of approvals) {
    const same = await Promise.all(found.map(({ by }) => isSigned(each, known.get(by).key)));
    if (!same.includes(true)) found.push(each);
  }
  return found.length;
}

/** Why an approval does not count; undefined when it does. */
async function objection(each, known, revoked) {
  const person = known.get(each.by);
  if (!person) return `\`${each.by}\` is not among the approvers this host knows`;
  if (!person.roles.includes(each.role)) return `\`${each.by}\` does not hold the role \`${each.role}\``;
  if (revoked.includes(each.digest)) return 'what it was given for was taken back on this host';
  if (each.at < person.notBefore) return `what \`${each.by}\` signed then counts no more on this host`;
  if (signatureOf(each) === undefined) return 'the signature is no base64';
  return (await isSigned(each, person.key)) ? undefined : `the signature is not that of \`${each.by}\` under this`;
}

const wrong = (path, message, hint) => new TactfulError({ code: 'NOT_APPROVED', path, message, hint });

/**
 * Verifies that a policy may go live: two people signed exactly this, and whoever answers for the
 * guardrails signed them as they are, in this version or an earlier one of the same policy. Throws every
 * objection at once.
 *
 * @returns the approvals that hold
 */
export async function verify(standing, bytes, { approvers, guardRole, revoked }) {
  const name = `${standing.id} ${standing.version}`;
  if (approvers === undefined) throw wrong('', `${name} is live, and this host was not told whose approval counts`, 'load(policy, { approvers: { name: { key, roles } } }); in development: { unsigned: true }');
  const known = await readApprovers(approvers);
  demand(isText(guardRole), '/guardRole', 'a role has a name');
  demand(Array.isArray(revoked) && revoked.every((digest) => /^[0-9a-f]{64}$/.test(digest)), '/revoked', 'digests are 64 hexadecimal digits each, in a list');
  if (revoked.includes(standing.digest)) throw wrong('/digest', `${name} was taken back on this host`, 'its digest is in `revoked`');
  const compiled = await sha256(sealed(bytes));
  const objections = [];
  const held = [];
  const own = [];
  let guarded = false;
  for (const [i, each] of standing.approvals.entries()) {
    const path = `/approvals/${i}`;
    const against = await objection(each, known, revoked);
    if (against) {
      objections.push(wrong(path, against, 'remove it, or let them approve again'));
      continue;
    }
    const guards = each.role === guardRole && each.policy === standing.id && each.guardrails === standing.guardrails;
    const exactly = each.policy === standing.id && each.digest === standing.digest && each.compiled === compiled;
    guarded ||= guards;
    if (exactly) own.push(each);
    if (exactly || guards) held.push(each);
    else {
      const what = each.digest === standing.digest ? 'compiled to something else' : 'changed';
      objections.push(wrong(path, `the policy was ${what} after \`${each.by}\` approved it`, 'let them see the difference and approve again'));
    }
  }
  const count = await people(own, known);
  if (count < PEOPLE) objections.unshift(wrong('/approvals', `${count} of ${PEOPLE} people approved exactly this (${name})`, 'tactful approve POLICY --key FILE --by NAME --role ROLE'));
  if (!guarded) objections.unshift(wrong('/approvals', `nobody in the role \`${guardRole}\` approved its guardrails`, 'whatever guards read, own rules and promises need that role whenever they change'));
  if (count < PEOPLE || !guarded) throw TactfulError.from(objections);
  return held;
}
