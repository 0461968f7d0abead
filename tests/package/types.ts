// The hand-written types, used as a host uses them. Compiled, not run.
import { TactfulError, load, zoneOffsets, type Decision, type HistoryEvent, type Moment } from 'tactful';
import { fromCloudEvent, readCloudEvents, segment, toCloudEvent, toLogRecord, type SegmentMapping } from 'tactful/adapters';
import { load as loadInline } from 'tactful/inline';
import { TactfulOffer } from 'tactful/offer';
import { load as loadPage, observe, openStore, type DecisionEvent, type Store } from 'tactful/page';
import starter from 'tactful/starter.tactful';
import { assemble, changed, check, compile, explain, signals, story } from 'tactful/studio';

export async function server(saved: Uint8Array): Promise<Decision> {
  const tactful = await load(await compile({ id: 'ours' }), { unsigned: true });
  const person = tactful.person('ada', saved);
  const events: HistoryEvent[] = [
    { type: 'consent', id: '1', at: 0, source: 'crm', purpose: 'marketing', state: 'granted' },
    { type: 'touch', id: '2', at: 0, source: 'page', touch: 't', step: 'shown', purpose: 'assist', channel: 'web', route: 'chatbot' },
  ];
  person.learn(events);
  const visit = person.visit({ startedAt: 0, salt: 7 });
  visit.track({ type: 'click', t: 12.5, target: 'export', control: 'button' });
  visit.track({ type: 'wish', t: 13, for: 'person' });
  const moment: Moment = { now: 20, routes: [{ route: 'human', asOf: 20, open: true, staffed: true }] };
  person.facts[tactful.slot('fact:plan.seats')] = 10;
  visit.moment(moment);
  const { route, live, purpose } = visit.answer(21);
  if (route === 'human' && live && purpose === 'answer') person.free();
  return visit.decide(moment);
}

export async function page(): Promise<void> {
  try {
    const visit = (await loadPage('/policy.tactful')).person('visitor').visit();
    const observer = observe(visit, { moment: () => ({ now: Date.now() }), record: true });
    document.addEventListener('tactful:decision', ({ detail }) => {
      const due = detail.target?.dueBy;
      const words: string[] = detail.because.map(({ words }) => words);
      if (due === undefined && words.length > 0) observer.wish('person');
    });
    observer.page({ nav: 'back', earlierSessions: 2 });
    observer.pending();
    observer.settled();
    observer.failed('/api/export', { http: true });
    if (observer.diagnostics.deadClicks === 'off' || visit.tallies.rapidUse > visit.quarantined.duplicate) observer.stop();
    sessionStorage.setItem('visit', visit.save().join());
    observer.stop();
  } catch (error) {
    if (error instanceof TactfulError && error.code === 'CSP_BLOCKED') return;
    throw error;
  }
}

export async function kept(): Promise<Store> {
  const tactful = await loadPage(starter, { unsigned: true, wasm: new URL('https://cdn.example/page.wasm') });
  const store = await openStore(tactful, 'ada', { memory: true, complete: false });
  const observer = observe(store.visit({ salt: 1 }), { store, moment: () => ({ now: Date.now() }) });
  const shown = ({ touch, detail }: DecisionEvent) => {
    if (detail.route !== 'none' && touch !== undefined) document.dispatchEvent(new CustomEvent('tactful:shown', { detail: { touch } }));
  };
  document.addEventListener('tactful:decision', shown);
  document.body.addEventListener('tactful:wish', ({ detail }) => observer.wish(detail.for));
  document.addEventListener('tactful:dismissed', ({ detail }) => detail.never && observer.leaveAlone());
  observer.offerWas('accepted');
  if (observer.offer?.purpose === 'pitch' && store.kind === 'shared') await store.forget();
  await store.learn([]);
  TactfulOffer.words.fr = { later: 'Pas maintenant' };
  const card = document.createElement('tactful-offer');
  if (!card.open) document.body.append(card);
  return store;
}

export async function edge(request: Request): Promise<HistoryEvent[]> {
  const mapping: SegmentMapping = { track: { 'Ticket Opened': { type: 'case', case: { from: 'id', required: true }, step: 'opened' } }, consent: { Ads: 'marketing' } };
  using tactful = await loadInline(starter, { unsigned: true });
  using person = tactful.person('ada');
  person.learn(segment(mapping).history({ type: 'track' }));
  const visit = person.visit({ startedAt: 0 });
  for (const event of segment().visit({ type: 'page' }, 0)) visit.track(event);
  const { attributes } = toLogRecord(visit.decide({ now: 1 }));
  if (visit.offered?.route === 'human' || attributes['tactful.route'] === 'none') return fromCloudEvent(toCloudEvent({ type: 'feed', id: '1', at: 0, source: 's', feed: 'cases', status: 'live' }));
  return readCloudEvents(request, { types: { 'com.example.closed': { type: 'case', case: { from: 'id' }, step: 'closed' } } });
}

export async function studio(): Promise<number> {
  const { errors, warnings } = await check({ guards: { caps: { pitchWeek: { limit: 0 } } } });
  const { decision, differences } = await story({
    name: 'a story', person: 'ada', history: [], moment: { now: '2026-09-16T10:00:00Z', zone: 'Europe/Berlin' },
    expect: { route: ['none'], pitch: false },
  });
  const asked = { name: 'why', person: 'ada', moment: { now: 0 } };
  const { wouldChange, lost } = await explain(asked);
  for (const { to, of, edit } of wouldChange) if (of === 'route' && to !== 'allowed') await changed(asked, edit);
  if (lost.some(({ costMs, why }) => costMs === why.length)) throw new Error('no');
  const { signals: [first] } = await signals({ signals: { rageClick: { minClicks: 3 }, slowClick: null }, events: [], until: 5 });
  if (first?.kind === 'pogo' && first.definition !== 'pogo@1') throw new Error(`${first.count}`);
  const { journeys, rows } = await assemble({ mapping: 1, id: 'desk', source: 'desk', columns: { case: 'ticket' }, transfers: { rule: 'none' } }, ['ticket\n', new Uint8Array()], { cases: true });
  if (journeys[0]?.windows[0]?.recontactRate === rows) throw new Error('no');
  return errors.length + warnings.length + differences.length + decision.because.length;
}

export const perhaps: Moment = { now: 0, zone: zoneOffsets('Europe/Berlin', 0), matter: document.body.dataset['topic'] };
// @ts-expect-error a route is one of the closed list
export const wrong: Moment = { now: 0, routes: [{ route: 'phone', asOf: 0, open: true }] };
