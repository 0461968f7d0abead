// Commands on policies: check, describe, compile, and who approved them.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { approve, check, compile, describe, keys, overlaps, starter, verify } from '../studio-node.js';
import { Usage, complain, content, distinct, json, mistakes, patchOf, show, text, told, unreadable, written } from './terminal.js';

const line = ({ code, path, message, hint }) => `${code} at ${path || '(document)'}: ${message}${hint && ` (${hint})`}`;
const day = (at) => new Date(at).toISOString().slice(0, 10);

export async function showStarter() {
  show(JSON.stringify(await starter(), null, 2));
  return 0;
}

export async function checkPolicies({ files, json: machine }) {
  if (files.length === 0) throw new Usage('check needs a policy');
  let wrong = false;
  const whole = [];
  for (const file of files) {
    const patch = await json(file);
    const { errors, warnings, waived } = await check(patch);
    wrong ||= errors.length > 0;
    if (errors.length === 0) whole.push({ name: file, patch });
    if (machine) show(JSON.stringify({ policy: file, errors, warnings, waived }));
    else {
      errors.forEach((each) => show(`error    ${line(each)}`));
      warnings.forEach((each) => show(`warning  ${line(each)}`));
      waived.forEach(({ warning, by, why, until }) => show(`waived   ${warning.path}: ${warning.message} (${by}, until ${day(until)}: ${why})`));
      show(`${file}: ${errors.length} errors, ${warnings.length} warnings${waived.length > 0 ? `, ${waived.length} waived` : ''}`);
    }
  }
  // Several are versions of one another, where they share their id.
  const clashes = await overlaps(whole);
  wrong ||= clashes.length > 0;
  for (const each of clashes) show(machine ? JSON.stringify(each) : `error    ${line(each)}`);
  return wrong ? 1 : 0;
}

/** What is made of a policy; a policy that is wrong fails its check, and is no bad usage. */
async function unlessWrong(files, make, then) {
  const patch = await patchOf(files);
  const made = await make(patch).catch((error) => {
    mistakes(error).forEach(({ message }) => complain(`tactful: ${message}`));
  });
  if (made === undefined) return 1;
  await then(made);
  return 0;
}

export async function describePolicies({ files, out }) {
  if (files.length === 0) throw new Usage('describe needs a policy');
  distinct(out, files);
  return unlessWrong(files, describe, async (page) => {
    if (out === undefined) process.stdout.write(page);
    else await written(out, page);
  });
}

export async function compilePolicies({ files, out }) {
  if (files.length === 0 || out === undefined) throw new Usage('compile needs a policy and -o FILE');
  distinct(out, files);
  return unlessWrong(files, compile, async (bytes) => {
    await written(out, bytes);
    complain(`${out}: ${bytes.length} bytes`);
  });
}

export async function newKeys({ files: [name, ...more] }) {
  if (!name || more.length > 0) throw new Usage('keys needs one name: keys NAME writes NAME.key.pem and NAME.pub.pem');
  const { publicKey, privateKey } = await keys();
  // Never over what is there: a key cannot be made again.
  const create = (file, content, mode) => writeFile(file, content, { mode, flag: 'wx' }).catch((cause) => {
    throw new Usage(cause.code === 'EEXIST' ? `${file} is there already, and is not written over` : `${file} cannot be written (${cause.code})`);
  });
  await create(`${name}.key.pem`, privateKey, 0o600);
  await create(`${name}.pub.pem`, publicKey, 0o644).catch(async (error) => {
    await rm(`${name}.key.pem`);
    throw error;
  });
  show(`${name}.key.pem: the private key; keep it to yourself\n${name}.pub.pem: the public key; hosts that load a policy need it`);
  return 0;
}

export async function approvePolicies({ files, key, by, role, out }) {
  if (files.length === 0 || !key || !by || !role) throw new Usage('approve needs a policy, --key FILE, --by NAME and --role ROLE');
  // Approvals may be added to the file that holds nothing else.
  const last = files.at(-1);
  const own = out !== undefined && last === out && Object.keys(await json(last)).join() === 'approvals';
  distinct(out, own ? [...files.slice(0, -1), key] : [...files, key]);
  const privateKey = await text(key).catch(unreadable(key));
  const patch = await patchOf(files);
  const { warnings } = await check(patch);
  const { approvals, exactly, standing, dropped } = await approve(patch, { by, role, privateKey, at: Date.now() });
  const found = `${JSON.stringify({ approvals }, null, 2)}\n`;
  if (out === undefined) process.stdout.write(found);
  else await written(out, found);
  const names = new Set(exactly.map((each) => each.by));
  const guards = approvals.filter((each) => !exactly.includes(each)).map((each) => each.by);
  complain(`signed by ${by} (${role}): ${standing.id} ${standing.version}, ${standing.digest}`);
  complain(`names under exactly this: ${[...names].join(', ')}${guards.length > 0 ? `; its guardrails are those that ${guards.join(' and ')} approved before` : ''} (verify checks the signatures)`);
  for (const each of dropped) complain(`dropped: what ${each.by} approved on ${day(each.at)} was something else`);
  if (warnings.length > 0) complain(`${warnings.length} ${warnings.length === 1 ? 'warning stands' : 'warnings stand'}: tactful check ${files[0]}`);
  return 0;
}

/** Whose approval counts, out of a file; a key may be the path of one, beside it. */
export async function approversIn(file) {
  const approvers = await json(file);
  for (const each of Object.values(approvers ?? {})) {
    if (typeof each?.key !== 'string' || each.key.includes('-----')) continue;
    const path = resolve(file === '-' ? '.' : dirname(file), each.key);
    each.key = await readFile(path, 'utf8').catch(unreadable(path));
  }
  return approvers;
}

export async function verifyPolicies({ files, approvers, guardRole, json: machine }) {
  if (files.length === 0 || approvers === undefined) throw new Usage('verify needs a compiled policy and --approvers FILE');
  const known = await approversIn(approvers);
  let refused = false;
  for (const file of files) {
    const bytes = new Uint8Array(await content(file).catch(unreadable(file)));
    try {
      const { id, version, status, approvals, digest, effectiveFrom } = await verify(bytes, { approvers: known, guardRole });
      if (machine) show(JSON.stringify({ policy: file, id, version, digest, status, effectiveFrom, approvals }));
      else {
        const from = effectiveFrom === undefined ? '' : `, from ${day(effectiveFrom)}`;
        show(`${id} ${version} may go live${from}${status === 'live' ? '' : `; it is a ${status} still`} (${digest})`);
        approvals.forEach(({ by, role, at, digest: of }) => show(`  ${of === digest ? 'approved' : 'guardrails approved before'} by ${by} (${role}, ${day(at)})`));
      }
    } catch (error) {
      const all = mistakes(error);
      if (all[0].code !== 'NOT_APPROVED') throw error;
      refused = true;
      if (machine) show(JSON.stringify({ policy: file, errors: told(error) }));
      else all.forEach(({ message }) => show(`${file}: ${message}`));
    }
  }
  return refused ? 1 : 0;
}
