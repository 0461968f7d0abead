// Policies that share an id are versions of one another: one of them is in force at a time.
const wrong = (code, path, message, hint) => ({ code, path, message, hint });
const named = ({ name, policy: { id, version } }) => `${id} ${version} (${name})`;

/** What is wrong between versions, `{ name, policy, digest }` each. */
export function overlapping(all) {
  const found = [];
  for (const [i, later] of all.entries()) {
    for (const earlier of all.slice(0, i)) {
      const [a, b] = [earlier.policy, later.policy];
      if (a.id !== b.id || earlier.digest === later.digest) continue;
      if (a.version === b.version)
        found.push(wrong('CONFLICT', '/version', `${named(later)} has the version of ${named(earlier)}, and says something else`, 'give what is different another version: a log names it'));
      const from = ({ effectiveFrom }) => (effectiveFrom === undefined ? undefined : new Date(effectiveFrom).getTime());
      if (from(a) === from(b) && a.status === 'live' && b.status === 'live')
        found.push(wrong('CONFLICT', '/effectiveFrom', `${named(later)} takes effect when ${named(earlier)} does`, 'one live version at a time: only the first may leave effectiveFrom out'));
    }
  }
  return found;
}
