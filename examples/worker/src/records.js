// Decision records: through a queue into an archive, one file a batch, in the form `npx tactful replay` reads.
import { isBearer } from './token.js';

const dayOf = (at) => new Date(at).toISOString().slice(0, 10);

export async function archive(batch, env) {
  const days = Map.groupBy(batch.messages, ({ timestamp }) => dayOf(timestamp));
  await Promise.all([...days].map(([day, messages]) =>
    env.ARCHIVE.put(`${day}/${messages[0].id}.ndjson`, messages.map(({ body }) => `${body}\n`).join(''))));
}

/** All records of a day: `/tactful/records/2026-09-16`. */
export async function exported(request, env) {
  if (!isBearer(request, env.EXPORT_TOKEN)) return new Response(undefined, { status: 401 });
  const day = new URL(request.url).pathname.split('/').at(-1);
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return new Response('a day, as 2026-09-16', { status: 400 });
  const { readable, writable } = new TransformStream();
  const all = async () => {
    let cursor;
    do {
      const listed = await env.ARCHIVE.list({ prefix: `${day}/`, cursor });
      for (const { key } of listed.objects) await (await env.ARCHIVE.get(key)).body.pipeTo(writable, { preventClose: true });
      cursor = listed.truncated ? listed.cursor : undefined;
    } while (cursor);
    await writable.close();
  };
  all().catch((error) => writable.abort(error));
  return new Response(readable, { headers: { 'content-type': 'application/x-ndjson' } });
}
