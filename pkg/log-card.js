// What came of a log, for people on a terminal.
const percent = (part, whole) => (whole === 0 ? '0 %' : `${((part / whole) * 100).toFixed(1)} %`);
const times = (count, what) => `${count.toLocaleString('en')} ${what}`;
const short = (value) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** A replayed log. */
export function replayed({ records, same, different, unknownPolicies }) {
  const lines = [`${times(records, 'records')}, ${times(same, 'decided the same')}, ${times(different.count, 'differently')}`];
  for (const { record, id, path, recorded, now } of different.named)
    lines.push(`  record ${record} (${id}) differs at ${path || '(document)'}: recorded ${short(recorded)}, now ${short(now)}`);
  for (const { policy, digest, records: of } of unknownPolicies)
    lines.push(`  ${times(of, 'records')} by ${policy} (${digest.slice(0, 12)}...), which was not given: --policy FILE`);
  return lines.join('\n');
}

const EFFECTS = {
  helpWithdrawn: 'would get no help any more',
  lessHelp: 'would get a lesser kind of help',
  laterHelp: 'would wait longer',
  contactedMore: 'could be contacted, and could not before',
  soldInTrouble: 'could be sold to while in trouble',
  helpGiven: 'would get help, and did not before',
  moreHelp: 'would get a better kind of help',
  soonerHelp: 'would wait less',
  contactedLess: 'could no longer be contacted',
};

const hours = (ms) => `${(ms / 3_600_000).toFixed(1)} h in all`;
const seen = (examples) => `e.g. record ${examples.map(({ record }) => record).join(', ')}`;

/** Two policies on one log. */
export function changes({ old, new: other, records, people, changed, routes, verdicts, reasons, bands, groups, harm, relief }) {
  const name = ({ id, version, digest }) => `${id} ${version} (${digest.slice(0, 12)}...)`;
  const lines = [
    `${name(old)} -> ${name(other)}`,
    `${times(changed.records, 'of')} ${records.toLocaleString('en')} decisions change (${percent(changed.records, records)}), of ${changed.people.toLocaleString('en')} of ${people.toLocaleString('en')} people`,
  ];
  const section = (title, rows) => rows.length > 0 && lines.push('', `  ${title}`, ...rows.map((row) => `    ${row}`));
  section('routes', routes.map(({ from, to, records: count, examples }) => `${from} -> ${to}: ${count} (${seen(examples)})`));
  section('verdicts', verdicts.map(({ purpose, became, records: count, examples }) => `${purpose} ${became}: ${count} (${seen(examples)})`));
  section('reasons given', reasons.map(({ code, old: before, new: after }) => `${code}: ${before} -> ${after}`));
  const shares = (counts) => Object.entries(counts).flatMap(([what, words]) =>
    Object.entries(words).map(([word, { records: of, changed: moved }]) => `${what} ${word}: ${moved} of ${of} (${percent(moved, of)})`));
  section('by band', shares(bands));
  section('by group', shares(groups));
  const effects = (all) => Object.entries(all).filter(([, { records: count }]) => count > 0)
    .map(([effect, { records: count, people: of, totalMs, examples }]) => `${count} decisions, ${of} people ${EFFECTS[effect]}${totalMs ? `, ${hours(totalMs)}` : ''} (${seen(examples)})`);
  section('harm', effects(harm));
  section('relief', effects(relief));
  return lines.join('\n');
}

const HOLDS = { true: 'x', false: ' ', unknown: '?' };

/** An audit. */
export function audited({ policy, records, people, ledger, alarms, maturity }) {
  const lines = [`${policy.id} ${policy.version} (${policy.status}), ${times(records, 'records')} of ${times(people, 'people')}`];
  const section = (title, rows) => lines.push('', title, ...(rows.length > 0 ? rows : ['nothing']).map((row) => `  ${row}`));
  const KINDS = {
    loosened: ({ path, starter, here }) => `${path} is ${here}, the starter has ${starter}`,
    changed: ({ path }) => `${path} is otherwise than the starter's: somebody has to look`,
    leftOut: ({ path }) => `${path} is left out`,
    waiver: ({ of, by, why, until }) => `${of} is waived by ${by} until ${new Date(until).toISOString().slice(0, 10)}: ${why}`,
    expiredWaiver: ({ of, by }) => `${of} was waived by ${by}, for a while that is over`,
    ruleOnly: ({ path, says, by }) => `${path}: ${says} (${by})`,
  };
  section('Exceptions in the policy', ledger.policy.map((each) => KINDS[each.kind](each)));
  section('Exceptions in the log', ledger.log.filter(({ count }) => count > 0).map(({ says, count, people: of, examples }) => `${count} ${says}, of ${of} people (${seen(examples)})`));
  section('Alarms', alarms.map(({ says }) => says));
  const area = ({ name, level, of, criteria, missing }) => [
    `${level} of ${of}  ${name}`,
    ...criteria.map(({ level: at, says, holds, evidence }) => `   [${HOLDS[holds]}] ${at} ${says} (${evidence})`),
    ...missing.map(({ do: next }) => `       next: ${next}`),
  ];
  section('Capabilities', maturity.capabilities.flatMap(area));
  section('Infrastructure (measuring effort takes the third level of each)', maturity.infrastructure.flatMap(area));
  return lines.join('\n');
}
