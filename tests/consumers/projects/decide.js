// What every consumer does: the same story, through the package as it was installed.
export function decide(tactful, { person: id, history, visit: { startedAt, events }, moment }) {
  const person = tactful.person(id);
  person.learn(history);
  const visit = person.visit({ startedAt, salt: 0 });
  for (const event of events) visit.track(event);
  return JSON.stringify(visit.decide(moment));
}

/** For a page: what came of it is where a test finds it. */
export function show(deciding) {
  deciding.then(
    (decision) => { globalThis.decision = decision; },
    (error) => { globalThis.decision = String(error); },
  );
}
