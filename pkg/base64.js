/** Bytes as base64, and back; white space in it means nothing. */
export const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
export const unbase64 = (text) => Uint8Array.from(atob(text.replace(/\s/g, '')), (sign) => sign.charCodeAt(0));
