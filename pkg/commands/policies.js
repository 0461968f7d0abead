// Commands on policies: check, describe, compile, and who approved them.
import { readFile } from 'node:fs/promises';
import { load } from '../node.js';
import { approve, check, compile, describe, keys, overlaps, starter } from '../studio-node.js';
import { Usage, complain, json, mistakes, patchOf, show, text, unreadable, written } from './terminal.js';

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

export async function describePolicies({ files, out }) {
  if (files.length === 0) throw new Usage('describe needs a policy');
  const page = await describe(await patchOf(files));
  if (out === undefined) process.stdout.write(page);
  else await written(out, page);
  return 0;
}

export async function compilePolicies({ files, out }) {
  if (files.length === 0 || out === undefined) throw new Usage('compile needs a policy and -o FILE');
  const bytes = await compile(await patchOf(files));
  await written(out, bytes);
  complain(`${out}: ${bytes.length} bytes`);
  return 0;
}

export async function newKeys({ files: [name, ...more] }) {
  if (name === undefined || more.length > 0) throw new Usage('keys needs one name: keys NAME writes NAME.key.pem and NAME.pub.pem');
  const { publicKey, privateKey } = await keys();
  for (const file of [`${name}.key.pem`, `${name}.pub.pem`]) {
    if (await readFile(file).then(() => true, () => false)) throw new Usage(`${file} is there already, and is not written over`);
  }
  await written(`${name}.key.pem`, privateKey, 0o600);
  await written(`${name}.pub.pem`, publicKey);
  show(`${name}.key.pem: the private key; keep it to yourself\n${name}.pub.pem: the public key; hosts that load a policy need it`);
  return 0;
}

export async function approvePolicies({ files, key, by, role, out }) {
  if (files.length === 0 || !key || !by || !role) throw new Usage('approve needs a policy, --key FILE, --by NAME and --role ROLE');
  const privateKey = await text(key).catch(unreadable(key));
  const patch = await approve(await patchOf(files), { by, role, privateKey, at: Date.now() });
  const found = `${JSON.stringify(patch, null, 2)}\n`;
  if (out === undefined) process.stdout.write(found);
  else {
    await written(out, found);
    complain(`${out}: ${patch.approvals.length} approvals`);
  }
  return 0;
}

export async function verifyPolicy({ files, approvers, guardRole, json: machine }) {
  if (files.length === 0 || approvers === undefined) throw new Usage('verify needs a compiled policy and --approvers FILE');
  const versions = await Promise.all(files.map((file) => readFile(file).then((bytes) => new Uint8Array(bytes), unreadable(file))));
  try {
    const { standing } = await load(versions, { approvers: await json(approvers), guardRole });
    const { id, version, status, approvals, digest } = standing;
    if (machine) show(JSON.stringify({ id, version, digest, status, approvals }));
    else {
      show(`${id} ${version} ${status === 'live' ? 'may go live' : `is a ${status}: it ${status === 'shadow' ? 'decides and records, and acts on nobody' : 'acts on nobody'}`} (${digest})`);
      approvals.forEach(({ by, role, at }) => show(`  approved by ${by} (${role}, ${day(at)})`));
    }
    return 0;
  } catch (error) {
    const all = mistakes(error);
    if (all[0].code !== 'NOT_APPROVED' && all[0].code !== 'NOT_IN_FORCE') throw error;
    if (machine) show(JSON.stringify({ errors: all.map(({ code, path, reason, hint }) => ({ code, path, message: reason, hint })) }));
    else all.forEach(({ message }) => show(message));
    return 1;
  }
}
