// Rows timed round-robin in one process, in batches of equal length; in Node and in a page.
const now = () => performance.now() * 1e6;

export const median = (list) => {
  const s = [...list].sort((x, y) => x - y);
  return s.length % 2 ? s[s.length >> 1] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2;
};

/** Nanoseconds a decision, over all contexts, so many times. */
async function batch(row, contexts, passes) {
  const f = row.e.decide;
  let k = 0;
  const t0 = now();
  if (row.meta.async) for (let p = 0; p < passes; p++) for (let i = 0; i < contexts.length; i++) k += (await f(contexts[i])).action.length;
  else for (let p = 0; p < passes; p++) for (let i = 0; i < contexts.length; i++) k += f(contexts[i]).action.length;
  const t = now() - t0;
  row.sink += k;
  return t / (passes * contexts.length);
}

/** Fills `ns` of every row: `{ e: { decide }, meta, ns: [], sink: 0 }`. */
export async function measure(rows, contexts, { rounds, targetMs, gc = () => {} }) {
  for (const row of rows) {
    // Warm up for at least 300 ms, then size the batch.
    const t0 = now();
    let per = 0;
    while (now() - t0 < 3e8) per = await batch(row, contexts, 1);
    per = await batch(row, contexts, Math.max(1, Math.round(2e7 / (per * contexts.length))));
    row.passes = Math.max(1, Math.round((targetMs * 1e6) / (per * contexts.length)));
  }
  for (let round = 0; round < rounds; round++) {
    // The order turns, so that nobody always comes after the same one.
    for (let i = 0; i < rows.length; i++) {
      const row = rows[(i + round) % rows.length];
      gc();
      row.ns.push(await batch(row, contexts, row.passes));
    }
  }
}
