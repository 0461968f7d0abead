// A decision as a card a person can read on a terminal.
const WIDTH = 78;

const when = (ms) => new Date(ms).toISOString().replace(/(:\d\d)\.\d+Z$/, '$1Z');

function wrap(text, indent) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].join(`\n${indent}`);
}

const row = (label, text) => `  ${`${label} `.padEnd(10)}${wrap(text, ' '.repeat(12))}`;

/** The card of a decision. */
export function card(story, decision) {
  const { scores, verdicts, promise, target, because, handoff } = decision;
  const late = target?.dueBy === undefined ? '' : ` (not live: by ${when(target.dueBy)})`;
  const what = target?.article ?? target?.offer;
  const lines = [
    '─'.repeat(WIDTH),
    `${story.name}`,
    ...(story.why ? [`  ${wrap(story.why, '  ')}`] : []),
    '',
    row('route', `${decision.route}${what ? ` → ${what}` : ''}${late}${decision.also ? `, also visible: ${decision.also.join(', ')}` : ''}`),
    row('because', because.map(({ code, words }) => `${code}: ${words}`).join(' ')),
  ];
  if (decision.ask) lines.push(row('asks', `${decision.ask.field}: ${decision.ask.why}`));
  if (promise) lines.push(row('promise', `${promise.text} (${promise.kind}, due ${when(promise.due)})`));
  const { friction, urgency, effort, intent } = scores;
  lines.push(row('scores', `friction ${friction.points} ${friction.band}, urgency ${urgency.points} ${urgency.class}, effort ${effort.points} points ${effort.band}, came to ${intent.top}`));
  if (effort.contributions.length > 0) {
    const parts = effort.contributions.map(({ code, points }) => `${code} ${points}`).join(', ');
    const among = effort.benchmark ? `; more than ${effort.benchmark.rank / 10} % of ${effort.benchmark.journeys}` : '';
    lines.push(row('effort', `${effort.legs.join(' → ') || 'this visit'}: ${parts}${among}`));
  }
  for (const purpose of new Set([story.moment?.proposal?.purpose, 'pitch', 'survey'].filter(Boolean))) {
    const { allowed, deferUntil, blockers } = verdicts[purpose];
    const codes = [...new Set(blockers.map(({ code }) => code))].join(', ');
    lines.push(row(purpose, allowed ? 'allowed' : `no: ${codes}${deferUntil === undefined ? '' : `; not before ${when(deferUntil)}`}`));
  }
  if (handoff?.tried.length) lines.push(row('tried', handoff.tried.join('; ')));
  if (handoff?.doNotAsk.length) lines.push(row('not asked', handoff.doNotAsk.join(', ')));
  return lines.join('\n');
}

const seconds = (ms) => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);

/** What stands behind a decision: every part of its scores, every blocker, what would change it. */
export function explained(story, { decision, wouldChange, lost }) {
  const { scores, verdicts } = decision;
  const lines = [card(story, decision), ''];
  const part = ({ code, points, evidence }) => `    ${String(points).padStart(5)}  ${code}  (${evidence.join(', ')})`;
  lines.push('  scores');
  for (const name of ['friction', 'urgency', 'complexity', 'value', 'effort', 'intent']) {
    const { points, band, top, definition, contributions } = scores[name];
    lines.push(`    ${name} ${points ?? top}${band ? ` ${band}` : ''} by ${definition}`, ...contributions.map((each) => `  ${part(each)}`));
  }
  lines.push(`    stage ${scores.stage.name} by ${scores.stage.definition}${scores.stage.asOf === undefined ? '' : `, as of ${when(scores.stage.asOf)}`}`);
  for (const { proof, holds, evidence } of scores.readiness.proofs)
    lines.push(`    ready? ${proof}: ${holds === true ? 'yes' : holds === false ? 'no' : 'unknown'} (${evidence.join(', ')})`);
  lines.push('', '  blockers');
  for (const [purpose, { allowed, blockers }] of Object.entries(verdicts)) {
    lines.push(`    ${purpose}: ${allowed ? 'allowed' : 'no'}`);
    for (const { code, guard, until, evidence } of blockers)
      lines.push(`      ${code} by ${guard}${until === undefined ? '' : ` until ${when(until)}`} (${evidence.join(', ')})`);
  }
  lines.push('', '  other routes');
  for (const { route, costMs, why } of lost)
    lines.push(`    ${route.padEnd(15)}${why.map(({ code, evidence }) => `${code} (${evidence.join(', ')})`).join('; ')}${costMs === undefined ? '' : `; expected to cost ${seconds(costMs)}`}`);
  lines.push('', '  it would be otherwise, if');
  for (const { change, to, of } of wouldChange) lines.push(`    ${change}: ${of === 'route' ? `route ${to}` : `${of} ${to}`}`);
  if (wouldChange.length === 0) lines.push('    no single change that was found');
  return lines.join('\n');
}

/** The signals of a trace, one a line. */
export function seenAs(place, { signals, searches, quarantined, tallies }) {
  const line = ({ kind, at, decided, count, grade, responseMs, target, definition }) =>
    [`  ${kind.padEnd(17)} at ${at} ms, certain at ${decided} ms, ${count}×, grade ${grade}`, responseMs !== undefined && `answered after ${responseMs} ms`, target !== 0 && `target ${target}`, definition]
      .filter(Boolean)
      .join(', ');
  const rest = { searches, ...tallies, ...quarantined };
  const counted = Object.entries(rest).filter(([, count]) => count).map(([name, count]) => `${name} ${count}`);
  return [`${place}: ${signals.length === 0 ? 'no signal' : ''}`, ...signals.map(line), ...(counted.length ? [`  also: ${counted.join(', ')}`] : [])].join('\n');
}

/** A span in the unit that fits. */
function span(ms) {
  if (ms === null || ms === undefined) return 'unknown';
  const [unit, size] = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000]].find(([, size]) => ms >= size) ?? ['ms', 1];
  return `${(ms / size).toFixed(ms % size === 0 ? 0 : 1)} ${unit}`;
}

const round = (value) => Math.round(value * 10) / 10;
const percent = (share) => (share === null || share === undefined ? 'unknown' : `${(share * 100).toFixed(1)} %`);

const journey = ({ person, about, start, points, legs, band, version }) =>
  `${person ?? 'somebody'}, ${about ?? 'about nothing known'}, from ${new Date(start).toISOString().slice(0, 10)}${version ? ` under ${version}` : ''}: ${points} points, ${band}${legs.length > 0 ? ` (${legs.join(' → ')})` : ''}`;

/** Effort of the journeys in a file. */
function effortOf({ definition, coverage, journeys, straddling, chained, unattributed, unheard, bands, points, contributions, versions, breaks, hardest, firstContact }, say) {
  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  const apart = Object.entries({ straddling, chained, unattributed }).filter(([, count]) => count > 0);
  const counts = Object.entries(bands).filter(([, count]) => count > 0).map(([band, count]) => `${count} ${band}`);
  say(`effort (${definition}) of ${journeys} journeys: ${counts.join(', ')}; half below ${round(points.p50)} points, nine of ten below ${round(points.p90)}${apart.map(([what, count]) => `; ${count} ${what}`).join('')}`);
  if (!firstContact) say('  solved at the first contact: the file cannot show contacts');
  else if (firstContact.over > 0) say(`  solved at the first contact, nobody back within ${span(firstContact.windowMs)}: ${percent(firstContact.rate)} of ${firstContact.over} journeys (${percent(firstContact.low)} to ${percent(firstContact.high)}${firstContact.evidence === 'tooFew' ? '; too few to go by' : ''})`);
  if (unheard.length > 0) say(`  the file cannot show: ${unheard.join(', ')} ${coverage < 1000 ? ` (coverage ${percent(coverage / 1000)}: a band is unknown then, unless it is high)` : ''}`);
  for (const { indicator, points: sum, journeys: of } of contributions) say(`  ${String(sum).padStart(6)} points from ${indicator} in ${of} journeys`);
  for (const { process, version, journeys: of, straddling: both, medianMs, points: { p50 } } of versions)
    say(`  ${process} ${version ?? 'before any known version'}: ${of} journeys${both ? ` (${both} straddling a change)` : ''}, half below ${round(p50)} points, ${medianMs === null ? 'less than half solved' : `half solved within ${span(medianMs)}`}`);
  for (const { process, at, before, after } of breaks) say(`  ${process} changed on ${day(at)}: what began under ${after} is not compared with ${before ?? 'what was before'}`);
  for (const row of hardest.filter(({ points: sum }) => sum > 0).slice(0, 5)) say(`  hard: ${journey(row)}`);
}

/** What came of a file, for people. */
export function journeysOf(found, each = false) {
  const { mapping, rows, skipped, warnings, assumed, cases, events, customers, variants, cycleMs, transfers, reopens, rework, journeys, timeTo, firstContact, shares, pareto, handovers, bottleneck, conformance, effort, identityConflicts } = found;
  const lines = [`${mapping.id}: ${rows} rows, ${events} events of ${cases} ${mapping.id === 'contract-events' ? 'contacts and cases' : 'cases'} and ${customers.ofCases} customers`];
  const say = (line) => lines.push(`  ${line}`);
  for (const { reason, rows } of skipped) say(`left out: ${rows} rows (${reason})`);
  for (const line of [...assumed.map((what) => `assumed: ${what}`), ...warnings]) say(`note: ${line}`);
  if (identityConflicts.count > 0) say(`note: ${identityConflicts.count} cases name several customers; the first one counts: ${identityConflicts.cases.slice(0, 5).join(', ')}`);
  if (cases === 0) return lines.join('\n');
  say(`variants: ${variants.count}, of which ${variants.covering} cover ${percent(variants.coveringShare)} of the cases`);
  for (const { activities, count } of variants.top.slice(0, 5)) say(`  ${String(count).padStart(6)} × ${activities.join(' → ')}`);
  say(`first to last event: half within ${span(cycleMs.p50)}, nine of ten within ${span(cycleMs.p90)}`);
  const counted = (name, { total, cases: of }) => say(`${name}: ${total === null ? 'not recorded' : `${total} in ${of} cases`}`);
  counted('transfers', transfers);
  counted('reopened', reopens);
  say(`rework: an activity repeats in ${rework.cases} cases`);
  if (handovers.total > 0) say(`handed over: ${handovers.total} times in ${handovers.cases} cases`);
  if (bottleneck) say(`most time is lost from ${bottleneck.from} to ${bottleneck.to}: ${bottleneck.count} times, half of them longer than ${span(bottleneck.medianMs)}`);
  if (conformance) {
    say(`as documented: ${percent(conformance.share)} of ${conformance.cases} cases`);
    for (const [what, odd] of [['begins with', conformance.starts], ['ends with', conformance.ends]]) {
      const list = Object.entries(odd).map(([activity, count]) => `${activity} (${count})`);
      if (list.length > 0) say(`  not foreseen: ${what} ${list.join(', ')}`);
    }
    for (const { from, to, count } of conformance.deviations.slice(0, 3)) say(`  not foreseen: ${from} → ${to} (${count} times)`);
  }
  for (const { name, windows } of journeys)
    for (const { days, recontactRate, journeys: count, maxCases, chained } of windows)
      say(`recontact@${days}d by ${name}: ${percent(recontactRate)} of cases (${count} journeys, the longest of ${maxCases}${chained ? `, ${chained} chained` : ''})`);
  for (const { name, n, events: ended, medianMs, endedOnlyMedianMs } of timeTo)
    say(`${name}: half within ${span(medianMs)} (${ended} of ${n} ended; those alone would say ${span(endedOnlyMedianMs)})`);
  if (firstContact) say(`solved at the first contact, by case: ${percent(firstContact.rate)} of ${firstContact.over} (${percent(firstContact.low)} to ${percent(firstContact.high)})`);
  for (const { name, met, n, low, high } of shares) say(`${name}: ${met} of ${n} (${percent(low)} to ${percent(high)})`);
  for (const { name, vitalFew, drivers, share, holds } of pareto)
    say(`${name}: ${vitalFew.length} of ${drivers} carry most of it (${percent(share)}, ${holds ? 'the few' : 'not only a few'}): ${vitalFew.slice(0, 5).map(({ name: driver }) => driver).join(', ')}`);
  effortOf(effort, say);
  if (each) for (const row of effort.rows) say(`  ${journey(row)}`);
  return lines.join('\n');
}
