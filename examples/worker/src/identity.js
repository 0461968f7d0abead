const NAME = '__Host-help';
/** As long as a browser keeps it. */
const AGE = 400 * 24 * 3600;
const encoder = new TextEncoder();
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const keyOf = (secret) => crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

/**
 * The value of the cookie that says who somebody is, signed: nobody can put another's id into it. Your login sets it for the
 * customers it knows; strangers get a name of their own.
 */
export async function cookieOf(person, secret) {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(person));
  return `${NAME}=${encodeURIComponent(person)}.${hex(signature)}`;
}

/** Who is asking, if the cookie says so and its signature holds. */
async function known(request, secret) {
  const found = (request.headers.get('cookie') ?? '').match(new RegExp(`(?:^|; )${NAME}=([^;]+)\\.([0-9a-f]{64})(?:;|$)`));
  if (!found) return undefined;
  try {
    const person = decodeURIComponent(found[1]);
    const signature = Uint8Array.from(found[2].match(/../g), (byte) => Number.parseInt(byte, 16));
    return (await crypto.subtle.verify('HMAC', await keyOf(secret), signature, encoder.encode(person))) ? person : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Who is asking, and the cookie for a stranger: whoever keeps it has a ledger from the next page on. A browser that asks not
 * to be followed (Global Privacy Control) gets none.
 */
export async function identify(request, secret) {
  if (!secret) return {};
  const person = await known(request, secret);
  if (person !== undefined) return { person };
  if (request.headers.get('sec-gpc') === '1') return {};
  return { cookie: `${await cookieOf(`stranger-${crypto.randomUUID()}`, secret)}; Path=/; Max-Age=${AGE}; Secure; HttpOnly; SameSite=Lax` };
}
