import { zoneOffsets } from 'tactful';

const MINUTE = 60_000;

/** The moment of a decision: what the edge knows of the request, and the house of its desks. */
export function momentOf(request, { topic, propose }, now) {
  const { timezone, country, botManagement } = request.cf ?? {};
  const zone = timezone && zoneOffsets(timezone, now);
  const language = request.headers.get('accept-language')?.match(/^[a-z]{2,3}/i)?.[0].toLowerCase();
  return {
    now,
    ...(zone && { zone }),
    ...(country && { country }),
    ...(language && { language }),
    ...(topic && { matter: topic }),
    // Global Privacy Control, as browsers send it.
    ...(request.headers.get('sec-gpc') === '1' && { privacySignal: true }),
    ...(botManagement?.verifiedBot && { automated: true }),
    // A real house asks its telephony; a date is promised by the policy's calendar where nobody is there.
    routes: [
      { route: 'human', asOf: now, open: true, staffed: true, waitP50Ms: 2 * MINUTE, waitP80Ms: 4 * MINUTE },
      { route: 'chatbot', asOf: now, open: true },
    ],
    ...(propose === 'survey' && { proposal: { purpose: 'survey', channel: 'web', survey: { kind: 'ces', sampled: true } } }),
  };
}
