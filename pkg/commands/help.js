// What a newcomer needs to know, command by command.

/** [what it takes, what it does in a line, more about it, an example]. */
export const COMMANDS = {
  decide: ['STORY…', 'a decision for each story',
    `Reads stories (what is known, what happens, the moment) and says how to help, or why not. With --json one
line of JSON a story: { story, ...decision }; a story that cannot be read gives { story, error } in its place.`,
    'tactful decide examples/stories/*.json'],
  explain: ['STORY…', 'what stands behind a decision',
    `Every part of every score, every blocker, why the other ways lost, and the smallest single changes that
lead to another answer, each of them tried.`,
    'tactful explain story.json'],
  record: ['STORY…', 'a decision as the line of a log',
    `Each line holds the decision and everything it was made from. --group puts the person into a group that no
decision reads, for the questions of diff and audit; it may be given several times.`,
    'tactful record story.json --group region=north >> log.ndjson'],
  test: ['DIR…', 'runs the stories that say what they expect',
    `Looks through folders and files (- is a story on standard input). Every difference is told; stories without
expectations are decided and counted as skipped. Run it whenever the policy changes.`,
    'tactful test stories/ --policy ours.json'],
  starter: ['', 'the policy that yours is written over',
    `Complete, with every number and where it comes from. Yours says only what differs: a JSON Merge Patch, in which
null removes. "$schema": "…/policy.schema.json" makes editors explain and complete it.`,
    'tactful starter > starter.json'],
  check: ['POLICY…', 'every mistake in a policy at once',
    `Mistakes stop a policy, warnings do not: contradictions, what can never happen, what nobody can keep, who does
not answer, what is overdue. Each with a JSON pointer to the place and a hint. A warning somebody answers for
is waived: { "waivers": { "id": { "of": pointer, "why", "by", "until" } } }. Several files are checked each for itself,
and as versions of each other where they share an id; what adds up is checked by approve.`,
    'tactful check ours.json'],
  describe: ['POLICY… [-o FILE]', 'the definitions as a page for people',
    `HTML to read, print and sign, without JSON and without a network: what counts as high effort, when somebody is
left alone, who answers for it, since when, what differs from the starter.`,
    'tactful describe ours.json -o ours.html'],
  diff: ['OLD NEW --log LOG', 'whose decisions another policy would change',
    `Decides every record of a log by both, in one pass: by route, verdict, reason, band and group, with examples,
and what it would mean for the people. Look at it before anybody signs.`,
    'tactful diff ours.json next.json --log log.ndjson'],
  keys: ['NAME', 'a pair of keys for approving',
    `Writes NAME.key.pem (private, readable by you alone) and NAME.pub.pem, Ed25519. Keys of openssl do as well.`,
    'tactful keys mara'],
  approve: ['POLICY… --key FILE --by NAME --role ROLE [-o FILE]', 'signs exactly this policy',
    `Several policies add up. Gives { "approvals": [...] } with your signature added to those there are: a policy to put
beside the others. Two people have to approve, and where more changed than words, questions and how help is
routed, one of them in the role compliance (own rules and promises count as guardrails). Status, change log and
findings may change afterwards; anything else makes the signature void.`,
    'tactful approve ours.json --key mara.key.pem --by mara --role compliance -o approvals.json'],
  compile: ['POLICY… -o FILE', 'the policy as the bytes the runtime loads',
    `Several add up: the policy, its approvals, and { "status": "live" } to release it.`,
    'tactful compile ours.json approvals.json live.json -o policy.tactful'],
  verify: ['COMPILED… --approvers FILE', 'whether it may go live',
    `Whether the signatures hold, for each file by itself, whatever its status and date. approvers.json:
{ "mara": { "key": "mara.pub.pem", "roles": ["compliance"] }, "jo": { … } }. Exit 1 with every objection.`,
    'tactful verify policy.tactful --approvers approvers.json'],
  replay: ['LOG', 'makes every decision of a log again',
    `Byte for byte, each by the policy that made it: the starter, or one of --policy. Exit 1 with the first
difference, and with records of policies that were not given.`,
    'tactful replay log.ndjson --policy ours.json --policy before.json'],
  audit: ['POLICY… [--log LOG]', 'the ledger of exceptions, and how far you have come',
    `Every override, waiver and bypass, counted and shown; alarms; and six capabilities and six dimensions of
infrastructure, each at the level that the policy and the log show, with what is missing for the next. Whether
signatures hold is known with --approvers only.`,
    'tactful audit ours.json --log log.ndjson'],
  signals: ['TRACE…', 'the page signals of a trace',
    `Onset, decision, count and grade of rage clicks, dead clicks, searches and the others. A trace is { signals?,
events, until? }; - takes one a line. With --json a line of JSON a trace.`,
    'tactful signals trace.json'],
  assemble: ['EVENTS [--by MAPPING]', 'journeys and their effort out of a file',
    `Out of contract events (NDJSON), or of any export (CSV, NDJSON) that a mapping file describes: effort, variants,
transfers, re-contact, times, benchmarks. --cases adds a row for each case and journey.`,
    'tactful assemble tickets.csv --by tickets.mapping.json'],
};

const SAID = {
  json: ['--json', 'for machines'],
  policy: ['--policy FILE', 'by this policy over the starter; several add up'],
  out: ['-o FILE', 'written whole or not at all; else standard output'],
  group: ['--group NAME=VALUE', 'a group no decision reads; several may be given'],
  log: ['--log FILE', 'records, one a line'],
  key: ['--key FILE', 'your private key, as PEM'],
  by: ['--by NAME', 'who you are, as hosts know you'],
  role: ['--role ROLE', 'in which role you approve'],
  approvers: ['--approvers FILE', '{ "mara": { "key": PEM or the path of one, "roles": [...] } }'],
  guardRole: ['--guard-role ROLE', 'whose the guardrails are; compliance'],
  cases: ['--cases', 'a row for each case and journey too'],
};

/** What each command may be told. */
export const OPTIONS = {
  decide: ['policy', 'json'], explain: ['policy', 'json'], record: ['policy', 'group', 'json'], test: ['policy', 'json'],
  starter: [], check: ['json'], describe: ['out'], diff: ['log', 'json'], keys: [], approve: ['key', 'by', 'role', 'out'], compile: ['out'],
  verify: ['approvers', 'guardRole', 'json'], replay: ['policy', 'json'], audit: ['log', 'approvers', 'guardRole', 'json'],
  signals: ['policy', 'json'], assemble: ['by', 'policy', 'cases', 'json'],
};
/** Where an option means something of its own. */
const OWN = {
  replay: { policy: 'a policy that may have decided; several may be given' },
  assemble: { by: ['--by MAPPING', 'what the columns of an export mean'] },
  compile: { out: 'written whole or not at all' },
};

const GROUPS = [
  ['Decisions', ['decide', 'explain', 'record', 'test']],
  ['Policies', ['starter', 'check', 'describe', 'diff', 'keys', 'approve', 'compile', 'verify']],
  ['What came of it', ['replay', 'audit', 'signals', 'assemble']],
];

const WIDTH = 11;

export const HELP = `tactful: how to help a customer, and when to leave them alone

Usage: tactful COMMAND [FILE…] [OPTIONS]
${GROUPS.map(([title, names]) => `\n${title}\n${names.map((name) => `  ${name.padEnd(WIDTH)}${COMMANDS[name][1]}`).join('\n')}`).join('\n')}

A policy is what differs from the starter, as JSON. A story is what is known of a person, what happens, and the
moment. A log has a record a line. - is standard input.

  --version       the version
  --help          this; tactful COMMAND --help says all about one

Exit: 0 fine; 1 a check, a test, a replay or an approval failed; 2 bad input or usage.
`;

const OPTION_WIDTH = 20;

/** More about one command. */
export function helpOf(name) {
  const [takes, does, more, example] = COMMANDS[name];
  const options = OPTIONS[name].map((option) => {
    const own = OWN[name]?.[option];
    const [flag, said] = Array.isArray(own) ? own : [SAID[option][0], own ?? SAID[option][1]];
    return `  ${flag.padEnd(OPTION_WIDTH)}${said}`;
  });
  const listed = options.length > 0 ? `\nOptions:\n${options.join('\n')}\n` : '';
  return `tactful ${name} ${takes}\n\n${does[0].toUpperCase()}${does.slice(1)}.\n\n${more}\n${listed}\nExample:\n  ${example}\n`;
}
