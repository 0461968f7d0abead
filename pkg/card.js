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
  if (promise) lines.push(row('promise', `${promise.text} (${promise.kind}, due ${when(promise.due)})`));
  const { friction, urgency, effort, intent } = scores;
  lines.push(row('scores', `friction ${friction.points} ${friction.band}, urgency ${urgency.points} ${urgency.class}, effort ${effort.points} ${effort.band}, came to ${intent.top}`));
  for (const purpose of new Set([story.moment?.proposal?.purpose, 'pitch', 'survey'].filter(Boolean))) {
    const { allowed, deferUntil, blockers } = verdicts[purpose];
    const codes = [...new Set(blockers.map(({ code }) => code))].join(', ');
    lines.push(row(purpose, allowed ? 'allowed' : `no: ${codes}${deferUntil === undefined ? '' : `; not before ${when(deferUntil)}`}`));
  }
  if (handoff?.tried.length) lines.push(row('tried', handoff.tried.join('; ')));
  if (handoff?.doNotAsk.length) lines.push(row('not asked', handoff.doNotAsk.join(', ')));
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
