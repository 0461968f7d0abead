// A policy as a page people can read and own: what is counted, what is promised, when somebody is left
// alone, who answers for it. Plain HTML: it prints, needs no script and no network.
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What is filled in when it is said, such as the minutes of a wait, is left open here. */
const text = (value) => String(value).replace(/\{\w+\}/g, '…').replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

const MINUTE = 60_000;
const UNITS = [[86_400_000, 'day'], [3_600_000, 'hour'], [MINUTE, 'minute'], [1000, 'second']];

/** A length of time in the largest unit that says it whole. */
export function span(ms) {
  if (ms === 0) return 'no time';
  const [size, unit] = UNITS.find(([each]) => ms % each === 0 && ms >= each) ?? [1, 'millisecond'];
  return `${(ms / size).toLocaleString('en')} ${unit}${ms === size ? '' : 's'}`;
}

const day = (at) => new Date(at).toISOString().slice(0, 10);
const percent = (permille) => `${permille / 10} %`;
const entries = (table) => Object.entries(table ?? {});
/** `noticeSubjectDay` as words. */
const words = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
const list = (items) => items.map(words).join(', ');

const PURPOSES = {
  answer: 'answers to what somebody asked', assist: 'quiet offers of help on the open page', serviceNotice: 'notices that have to be sent',
  reachOutHelp: 'messages that offer help', survey: 'questions about how it went', pitch: 'suggestions of something to buy',
};
const purposes = (names) => names.map((name) => PURPOSES[name] ?? words(name)).join(', ');

const table = (heads, rows) => (rows.length === 0 ? '<p>None.</p>' : `<table><thead><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell, i) => (i === 0 ? `<th scope="row">${text(cell)}</th>` : `<td data-head="${text(heads[i])}">${text(cell ?? '')}</td>`)).join('')}</tr>`).join('')}</tbody></table>`);
const items = (all) => (all.length === 0 ? '<p>None.</p>' : `<ul>${all.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`);
const paragraph = (said) => `<p>${text(said)}</p>`;

const window = ({ slidingMs, calendar, visit }) => (slidingMs ? `in any ${span(slidingMs)}` : calendar ? `a ${calendar}, by the person’s calendar` : visit ? 'a visit' : '');
const cap = ({ purposes: of, limit, per, window: when, scope, channels }) =>
  `${limit === 0 ? 'None' : `At most ${limit}`} ${window(when)}: ${purposes(of)}${per ? `, for each ${words(per)}` : ''}${channels === 'all' ? '' : `, by ${list(channels)}`}${scope === 'person' ? '' : `, counted for the whole ${scope}`}.`;

const WINDOWS = {
  openCase: ({ coolingMs, confirmedCoolingMs }) => `While a case is open, and ${span(coolingMs)} after it was closed${confirmedCoolingMs ? ` (${span(confirmedCoolingMs)} if the customer confirmed that it is solved)` : ''}.`,
  onboarding: ({ forMs, untilActivated, maxMs }) => `For the first ${span(forMs)}${untilActivated ? `, longer until the product is in use, at most ${span(maxMs)}` : ''}.`,
  renewal: ({ forMs }) => `For ${span(forMs)} after a contract was renewed.`,
  friction: ({ coolingMs }) => `While somebody has trouble, and ${span(coolingMs)} after.`,
  badExperience: ({ forMs, answeredMs }) => `For ${span(forMs)} after a bad rating, a complaint or a broken promise; ${span(answeredMs)} once it was answered.`,
  incident: ({ coolingMs }) => `While a fault of ours affects somebody, and ${span(coolingMs)} after.`,
  sensitive: () => 'In a moment that calls for tact, until its owner clears it.',
  identity: () => 'While it is not clear who somebody is.',
};

/** Whom nobody writes to, asks or sells to: permission, do-not-contact, and when a question is no question. */
const unasked = ({ consent, suppression, survey }) => [
  consent ? sourced(`Without permission nobody is sent help, asked or sold to${consent.pitchNeedsProfiling ? '; to be sold to, they have also permitted the use of what is known' : ''}.`, consent) : 'Permission is not asked for.',
  suppression ? sourced(`Whoever does not want to be contacted is not${suppression.stopsNotices?.length > 0 ? `; not even by a notice where the reason is ${list(suppression.stopsNotices)}` : ''}.`, suppression) : 'Whoever does not want to be contacted is contacted.',
  survey ? sourced(`Asked how it went are ${percent(survey.sampleShare)}, drawn beforehand; nobody within ${span(survey.minAccountMs)} of becoming a customer, within ${span(survey.afterFeedbackMs)} of what they said last${survey.perJourney ? ', or twice about one matter' : ''}.`, survey) : 'Anybody is asked how it went.',
];

const UNKNOWN = { allow: 'it is allowed', deny: 'it is not' };
const COMPARISONS = [['atLeast', 'is at least'], ['atMost', 'is at most'], ['is', 'is']];
/** A condition in words. */
function condition(when) {
  if (!when || typeof when !== 'object') return '';
  if (when.all) return when.all.map(condition).join(' and ');
  if (when.any) return `(${when.any.map(condition).join(' or ')})`;
  if (when.not) return `not (${condition(when.not)})`;
  const said = COMPARISONS.filter(([name]) => when[name] !== undefined).map(([name, verb]) => `${verb} ${when[name]}`);
  return `${when.what} ${said.join(' and ')}${when.unknown ? ` (where nobody knows, ${UNKNOWN[when.unknown]})` : ''}`;
}

const rule = ([id, { when, blocks = [], route, words: why }]) => `${id}: when ${condition(when)}, ${route ? `lead to ${words(route)}` : `no ${purposes(blocks)}`}. People read: “${why}”`;

const hours = (open) => entries(open).map(([name, blocks]) => `${name} ${blocks.map((block) => block.join('–')).join(', ')}`).join('; ');

/** What a guard says, with where its numbers come from. What is said once for all is not repeated. */
const sourced = (said, { source }) => (source && source !== 'judgement' ? `${said} (Source: ${source}.)` : said);
/** A JSON pointer as people read it. */
const placeOf = (pointer) => pointer.split('/').filter(Boolean).map(words).join(' › ');

/** Every place at which a policy says something else than the starter, with what it means. */
export function differing(own, other, schema, defs = schema?.$defs, path = []) {
  const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const resolved = schema?.$ref ? defs?.[schema.$ref.slice('#/$defs/'.length)] : schema;
  return [...new Set([...Object.keys(own), ...Object.keys(other)])].flatMap((name) => {
    const [was, is] = [own[name], other[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const below = resolved?.properties?.[name] ?? resolved?.additionalProperties;
    const place = [...path, name];
    if (isObject(was) && isObject(is)) return differing(was, is, below, defs, place);
    return [{ place: place.join(' › '), name, was, is, about: below?.description ?? '' }];
  });
}

const LONG = 90;
/** A value as people write it: spans as spans, dates as dates, and nothing that only machines read. */
const written = (value, name, own = false) => {
  if (value === undefined) return '—';
  if (value === true || value === false) return value ? 'yes' : 'no';
  if (/^(effectiveFrom|reviewDue|until)$/.test(name)) return day(value);
  if (/Ms$/.test(name) && typeof value === 'number') return span(value);
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return written(value.join(', '));
  if (typeof value === 'object') return own ? 'of our own' : 'there';
  const said = String(value);
  return said.length > LONG ? `${said.slice(0, LONG - 1)}…` : said;
};

/** A section: who answers for it, where its numbers come from, and what it says. */
const section = (id, title, { owner, source } = {}, ...parts) =>
  `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${text(title)}</h2>${owner ? `<p class="owner">Owner: ${text(owner)}</p>` : ''}${parts.join('')}${source ? `<p class="owner">Where the numbers come from: ${text(source)}</p>` : ''}</section>`;

const STATUS = {
  draft: 'A draft: nothing is decided by it.',
  shadow: 'On trial: it decides and records, and nothing is shown.',
  live: 'Released.',
};

function head({ id, version, status, effectiveFrom, reviewDue, approvals = [] }, digest) {
  const people = (some) => some.map(({ by, role, at }) => `${by} (${role}, ${day(at)})`).join(', ');
  const own = approvals.filter((each) => each.digest === digest);
  const earlier = approvals.filter((each) => each.digest !== digest);
  const facts = [
    STATUS[status] ?? status,
    effectiveFrom !== undefined && `In force from ${day(effectiveFrom)}.`,
    reviewDue !== undefined && `To be looked at again by ${day(reviewDue)}.`,
    own.length === 0 ? 'Approved by nobody yet.' : `Signed by ${people(own)}; hosts verify that.`,
    earlier.length > 0 && `Of an earlier version, good for what is unchanged in its guardrails at most: ${people(earlier)}.`,
  ].filter(Boolean);
  return `<header><p class="kind">What counts, what is promised, and when somebody is left alone</p><h1>${text(id)} <span>version ${text(version)}</span></h1>${paragraph(facts.join(' '))}<p class="digest">Exactly this policy: ${text(digest)}</p></header>`;
}

const STYLE = `:root{color-scheme:light dark}body{max-width:52rem;margin:0 auto;padding:2rem 1.25rem 4rem;font:1rem/1.55 system-ui,"Segoe UI",sans-serif;color:#1a2423;background:#fff}
h1{margin:.2rem 0;font-size:2rem;line-height:1.15}h1 span{font-weight:400;color:#5a6967}h2{margin:2.75rem 0 .25rem;padding-top:.75rem;font-size:1.3rem;border-top:2px solid #d5ddda}h3{margin:1.5rem 0 .25rem;font-size:1rem}
.kind,.owner,.digest{margin:.25rem 0;font-size:.9rem;color:#5a6967}.digest{overflow-wrap:anywhere}nav ul{columns:2;padding-left:1.1rem}a{color:#0b5c66}
table{width:100%;margin:.75rem 0;border-collapse:collapse;font-size:.93rem}th,td{padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #e2e8e6}td{overflow-wrap:anywhere}th{min-width:4.5rem}thead th{color:#5a6967;font-weight:600}tbody th{font-weight:600}li{margin:.25rem 0}
@media(prefers-color-scheme:dark){body{color:#e3ebe9;background:#101817}h2,th,td{border-color:#2b3937}h1 span,.kind,.owner,.digest,thead th{color:#9fb0ac}a{color:#84cfd6}}
@media(max-width:38rem){nav ul{columns:1}thead{position:absolute;clip-path:inset(50%)}tr,th,td{display:block}tr{padding:.5rem 0;border-bottom:1px solid #8884}th,td{padding:.1rem 0;border:0}td:empty{display:none}td::before{content:attr(data-head) ": ";color:#5a6967}}
@media(max-width:38rem) and (prefers-color-scheme:dark){td::before{color:#9fb0ac}}
@page{margin:16mm}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10.5pt;color:#000;background:#fff}nav{display:none}h2{break-after:avoid}tr,li{break-inside:avoid}a{color:inherit;text-decoration:none}}`;

/** The page of a policy: `policy` whole, the starter it was written over, and the schema with what things mean. */
export function describe(policy, { starter, schema, digest }) {
  const { owners = {}, outcomes, scores, guards, routes, promises, questions, readiness, words: said, processes, waivers, findings, changeLog = [] } = policy;
  const { effort } = scores;
  const ours = differing(starter, policy, schema).filter(({ place }) => !/^(translations|approvals|changeLog|status|waivers|findings)\b/.test(place));
  const indicators = entries(effort.indicators).sort(([, a], [, b]) => b.points - a.points);
  const raised = Math.ceil((effort.k * effort.raised) / (1000 - effort.raised));
  const high = Math.ceil((effort.k * effort.high) / (1000 - effort.high));
  const versions = entries(processes).flatMap(([name, { versions: all }]) => entries(all).map(([version, { effectiveFrom, normalContacts, targetMs }]) =>
    [`${name} ${version}`, effectiveFrom === undefined ? 'always' : day(effectiveFrom), normalContacts === undefined ? '' : normalContacts === 1 ? 'one contact is normal' : `${normalContacts} contacts are normal`, targetMs === undefined ? '' : `solved within ${span(targetMs)}`]));

  const sections = [
    ['for', 'What it is for', undefined, table(['Outcome', 'Better is', 'Measured by', 'And this must not get worse'], entries(outcomes).map(([name, { better, metric, guardMetric }]) => [words(name), better, metric, guardMetric]))],
    ['who', 'Who answers for what', undefined, table(['Part', 'Owner'], entries(owners).map(([part, owner]) => [part.split('.').map(words).join(': '), owner]))],
    ['effort', 'What counts as high effort', { owner: owners['scores.effort'] ?? owners.scores, source: effort.source },
      paragraph(`Definition ${effort.definition}. What a customer had to do is counted in points; survey answers are never part of it. Without others to compare with, effort is raised from ${raised} points and high from ${high}; among journeys of the same process, raised above ${percent(effort.relative.raised)} and high above ${percent(effort.relative.high)} of them. Where a source is silent it is unknown, unless it is high already; where less than ${percent(effort.minCoverage)} of it could be seen, it is compared with nobody.`),
      table(['What is counted', 'Points each', 'At most', 'Counted in'], indicators.map(([name, { counts, points, cap: most, unit }]) => [`${words(name)}: ${counts}`, points, `${most} times`, unit])),
      versions.length > 0 ? `<h3>Procedures, and since when</h3>${table(['Procedure', 'In force from', 'Normal', 'Target'], versions)}` : ''],
    ['trouble', 'What counts as trouble on a page', { owner: owners.signals, source: scores.friction.source },
      paragraph(`Definition ${scores.friction.definition}. Help may be offered from ${routes.thresholds.offerHelp} of 1000, a person from ${routes.thresholds.offerHuman}.`),
      table(['Behaviour', 'Weighs', 'Fades by half in'], entries(scores.friction.kinds).map(([name, { weight, halfLifeMs }]) => [words(name), `${percent(weight)}`, span(halfLifeMs)]))],
    ['alone', 'When somebody is left alone', { owner: owners.guards },
      paragraph('Where no source is named, the numbers are judgement.'),
      `<h3>Whom nobody turns to</h3>${items(unasked(guards))}`,
      `<h3>How often at most</h3>${items(entries(guards.caps).map(([, each]) => sourced(cap(each), each)))}`,
      `<h3>How long in between</h3>${items(entries(guards.minGapMs).map(([purpose, ms]) => purpose === 'assist' ? `${span(ms)} between ${PURPOSES.assist}.` : `${span(ms)} after any offer, message, question or suggestion: ${PURPOSES[purpose] ?? words(purpose)}.`))}`,
      `<h3>At night</h3>${items(entries(guards.quietHours).map(([, { channels, from, to, source, except = [] }]) => sourced(`Nothing by ${list(channels)} between ${from} and ${to} where the person is${except.length > 0 ? `, except in matters of ${list(except)}` : ''}.`, { source })))}`,
      `<h3>When nothing is sold</h3>${items(entries(guards.windows).map(([name, each]) => sourced(WINDOWS[name]?.(each) ?? words(name), each)))}`,
      `<h3>Rules of our own</h3>${items(entries(guards.rules).map(rule))}`],
    ['help', 'How help is given', { owner: owners.routes, source: routes.source },
      table(['Way', 'Takes', 'Solves it', 'Otherwise answered within'], entries(routes.handling).map(([way, { ms, solves }]) => [words(way), span(ms), percent(solves), routes.slas[way] ? `${span(routes.slas[way].businessMs)} of working time` : ''])),
      `<h3>When desks are open</h3>${items(entries(routes.calendars).map(([name, { zone, open, holidays = [] }]) => `${name}: ${hours(open)} (${zone})${holidays.length > 0 ? `; closed on ${holidays.join(', ')}` : ''}.`))}`,
      `<h3>Rules of our own</h3>${items(entries(routes.rules).map(rule))}`],
    ['promised', 'What is promised', { owner: owners.promises ?? owners.routes }, table(['With', 'We say', 'When somebody is there only later', 'Kept when'], entries(promises).map(([way, { text: now, later, check }]) => [words(way), now, later, check]))],
    ['asked', 'What may be asked, and why', { owner: owners.questions ?? owners.words }, table(['Question', 'Because'], entries(questions).map(([name, { why }]) => [words(name), why]))],
    ['ready', 'When somebody may be offered more', { owner: owners.readiness, source: readiness?.source }, readiness
      ? items([`At least ${readiness.minActiveDays} active days in four weeks, and use not down by more than ${percent(readiness.maxFall)}.`, `A limit reached ${readiness.limitHits} times, or something asked for, within ${span(readiness.needMs)}.`, `No rating below ${percent(readiness.minFeedback)} of its scale, no open question, permission given, and none of the reasons above to leave them alone.`])
      : paragraph('This policy asks for no proof.')],
    ['words', 'What people read when they ask why', { owner: owners.words }, table(['Reason', 'The visitor reads', 'Staff read'], entries(said).filter(([code]) => !code.includes(':')).map(([code, { visitor, staff }]) => [code, visitor, staff]))],
    ['waived', 'What is done otherwise for a while', undefined, table(['Where', 'Until', 'Who answers', 'Why'], entries(waivers).map(([, { of, until, by, why }]) => [placeOf(of), day(until), by, why]))],
    ['findings', 'What was found, and who mends it', undefined, table(['What', 'Who', 'By', 'Done'], entries(findings).map(([, { what, owner, due, done }]) => [what, owner, day(due), done === undefined ? 'not yet' : day(done)]))],
    ['ours', 'What differs from the starter policy', undefined, table(['Where', 'Starter', 'Here', 'What it means'], ours.map(({ place, name, was, is, about }) => [place, written(was, name), is === undefined ? 'left out' : written(is, name, true), about]))],
    ['changes', 'What changed, and why', undefined, table(['When', 'Who', 'Why'], changeLog.map(({ at, by, why }) => [day(at), by, why]))],
  ];
  const contents = `<nav aria-label="Contents"><ul>${sections.map(([id, title]) => `<li><a href="#${id}">${text(title)}</a></li>`).join('')}</ul></nav>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(policy.id)} ${text(policy.version)}: definitions</title><style>${STYLE}</style></head>
<body>${head(policy, digest)}${contents}<main>${sections.map((each) => section(...each)).join('\n')}</main></body></html>
`;
}
