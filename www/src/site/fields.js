/** A telephone number as people write it. Patterns are read with the `v` flag: signs of its own are escaped. */
export const PHONE_PATTERN = String.raw`[+0-9 \(\)\/\-]{6,}`;
