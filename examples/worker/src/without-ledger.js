// For a stranger, and when the ledger cannot be reached: nobody knows what was said to this person, or asked by them. Then who asks is
// answered, and nothing else happens.
import { engine, lookedAt, offerOf } from './engine.js';

export async function withoutLedger({ seen, moment: { proposal: _nothing, ...moment } }) {
  const tactful = await engine();
  const person = tactful.person('somebody');
  try {
    const visit = person.visit({ startedAt: moment.now });
    for (const event of lookedAt(seen, 0)) visit.track(event);
    visit.moment(moment);
    const answer = visit.answer(moment.now);
    return { offer: answer.purpose === 'answer' ? offerOf(visit.decide(), answer, {}) : undefined };
  } finally {
    person.free();
  }
}
