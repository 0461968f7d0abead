/** Whether a request carries a token; compared without telling how much of it was right. Without a token nobody does. */
export function isBearer(request, token) {
  const given = new TextEncoder().encode(request.headers.get('authorization') ?? '');
  const wanted = new TextEncoder().encode(`Bearer ${token}`);
  return Boolean(token) && given.byteLength === wanted.byteLength && crypto.subtle.timingSafeEqual(given, wanted);
}
