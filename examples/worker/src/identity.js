const NAME = '__Host-help';
/** As long as a browser keeps it. */
const AGE = 400 * 24 * 3600;

/**
 * Who is asking: the customer your login knows, or somebody who was here before, or a new name for a stranger.
 * A site with accounts puts the customer's id into the cookie when they sign in, and signs it.
 */
export function identify(request) {
  const found = (request.headers.get('cookie') ?? '').match(new RegExp(`(?:^|; )${NAME}=([\\w.-]{8,64})(?:;|$)`))?.[1];
  const person = found ?? crypto.randomUUID();
  const cookie = found ? undefined : `${NAME}=${person}; Path=/; Max-Age=${AGE}; Secure; HttpOnly; SameSite=Lax`;
  return { person, known: found !== undefined, cookie };
}
