// Plain objects to bytes and back, by the shapes of layout.js. Integers are zigzag LEB128.
import { TactfulError } from './error.js';

const utf8 = new TextEncoder();
// A mark at the beginning is part of a name, and not to be lost.
const text = new TextDecoder('utf-8', { ignoreBOM: true });
/** The last instant there is, in ms. */
export const LATEST = 8_640_000_000_000_000;
/** The longest text the core accepts, in bytes. */
const TEXT_LIMIT = 4096;

/** Writes into the memory of a wasm module, asking for more room when it runs out. */
export class Writer {
  /** @param {{ view(length: number): Uint8Array, key(name: string): number }} host */
  constructor(host) {
    this.host = host;
    this.bytes = host.view(1024);
    this.at = 0;
    /** Fields that nobody knows: ignored in live data, and counted. */
    this.unknown = 0;
    /** Numbers that should have been integers: floored in live data, and counted. */
    this.floored = 0;
  }

  room(length) {
    if (this.at + length <= this.bytes.length) return;
    const kept = this.bytes.slice(0, this.at);
    this.bytes = this.host.view((this.at + length) * 2);
    this.bytes.set(kept);
  }

  byte(value) {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  int(value) {
    this.room(10);
    // Numbers are exact to 53 bits, and zigzag needs one more: the last bit goes by hand.
    let rest = value < 0 ? -value - 1 : value;
    let low = (rest % 64) * 2 + (value < 0 ? 1 : 0);
    rest = Math.floor(rest / 64);
    while (rest > 0) {
      this.bytes[this.at++] = low | 0x80;
      low = rest % 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at++] = low;
  }

  text(value, path) {
    // Three bytes a unit is the most UTF-8 takes; the length is known only afterwards.
    this.room(value.length * 3 + 10);
    const length = utf8Length(value);
    if (length > TEXT_LIMIT)
      throw new TactfulError({ code: 'TOO_LARGE', path, message: `${length} bytes are too many`, hint: `at most ${TEXT_LIMIT} bytes` });
    this.int(length);
    utf8.encodeInto(value, this.bytes.subarray(this.at, this.at + length));
    this.at += length;
  }

  key(name) {
    const key = this.host.key(name);
    // Hashing may have grown the memory, which leaves the old view empty.
    if (this.bytes.length === 0) this.bytes = this.host.view(this.at + 1024);
    this.int(key);
  }

  fail(path, message, hint) {
    throw new TactfulError({ code: 'WRONG_TYPE', path, message, hint });
  }

  /** An integer that is exact; fractions are floored and counted. */
  whole(value, path, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
    if (typeof value !== 'number' || Number.isNaN(value)) this.fail(path, 'should be an integer');
    const whole = Math.floor(value);
    if (!(whole >= min && whole <= max))
      throw new TactfulError({ code: 'OUT_OF_RANGE', path, message: `${value} is out of range`, hint: `from ${min} to ${max}` });
    if (whole !== value) this.floored++;
    this.int(whole);
  }

  /** A value by its shape; `path` is a JSON pointer to it. */
  put(shape, value, path) {
    const [kind, a, b] = typeof shape === 'string' ? [shape] : shape;
    switch (kind) {
      case 'bool':
        if (typeof value !== 'boolean') this.fail(path, 'should be true or false');
        return this.byte(value ? 1 : 0);
      case 'int':
        return this.whole(value, path, Math.max(a, Number.MIN_SAFE_INTEGER), Math.min(b, Number.MAX_SAFE_INTEGER));
      case 'ms':
        if (!Number.isFinite(value) || Math.abs(value) > LATEST)
          this.fail(path, 'should be integer milliseconds', 'Date.now(), not a Date or a string');
        return this.int(Math.floor(value));
      case 'time':
        // Absurd times are quarantined by the core, which counts them.
        return this.int(Number.isFinite(value) && Math.abs(value) < 1e12 ? Math.round(value * 1000) : -1);
      case 'text':
        if (typeof value !== 'string') this.fail(path, 'should be text');
        return this.text(value, path);
      case 'key':
        if (typeof value === 'string') return this.key(value);
        if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
          this.fail(path, 'should be a name or its 32-bit key');
        return this.int(value);
      case 'value':
        if (typeof value === 'boolean') return this.byte(value ? 1 : 0);
        if (typeof value === 'string') return this.byte(3), this.text(value, path);
        if (typeof value !== 'number') this.fail(path, 'should be a boolean, an integer or text');
        return this.byte(2), this.whole(value, path);
      case 'words': {
        const code = shape.indexOf(value, 1) - 1;
        if (code < 0) this.fail(path, `${JSON.stringify(value)} is not known here`, shape.slice(1).join(', '));
        return this.byte(code);
      }
      case 'maybe':
        if (value === undefined || value === null) return this.byte(0);
        return this.byte(1), this.put(a, value, path);
      case 'list': {
        const list = value ?? [];
        if (!Array.isArray(list)) this.fail(path, 'should be a list');
        this.int(list.length);
        return list.forEach((each, i) => this.put(a, each, `${path}/${i}`));
      }
      case 'table': {
        const entries = Object.entries(value ?? {}).sort(([x], [y]) => byCodePoint(x, y));
        this.int(entries.length);
        return entries.forEach(([id, each]) => (this.text(id, path), this.put(a, each, `${path}/${id}`)));
      }
      case 'record':
        return this.fields([a], object(this, value, path), path, undefined);
      case 'tagged': {
        const { type } = object(this, value, path);
        const code = b.findIndex(([name]) => name === type);
        if (code < 0) this.fail(`${path}/type`, `${JSON.stringify(type)} is no event`, b.map(([n]) => n).join(', '));
        this.byte(code);
        return this.fields([a, b[code][1]], value, path, 'type');
      }
      default:
        return this.fail(path, `cannot be written (${kind})`);
    }
  }

  fields(groups, value, path, tag) {
    let known = tag ? 1 : 0;
    for (const group of groups)
      for (const [name, shape] of group) {
        const own = value[name];
        if (own !== undefined) known++;
        else if (!optional(shape))
          throw new TactfulError({ code: 'MISSING', path: `${path}/${name}`, message: `\`${name}\` is missing` });
        this.put(shape, own, `${path}/${name}`);
      }
    this.unknown += Object.keys(value).length - known;
  }
}

const optional = ([kind]) => kind === 'maybe' || kind === 'list' || kind === 'table';

function object(writer, value, path) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) writer.fail(path, 'should be an object');
  return value;
}

/** The order of UTF-8, which the core checks; that of UTF-16 differs beyond the basic plane. */
function byCodePoint(x, y) {
  const [a, b] = [[...x], [...y]];
  const i = a.findIndex((point, i) => point !== b[i]);
  if (i < 0) return a.length - b.length;
  return i >= b.length ? 1 : a[i].codePointAt(0) - b[i].codePointAt(0);
}

function utf8Length(value) {
  let length = value.length;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 0x7ff) length += 2;
    else if (unit > 0x7f) length += 1;
    // A pair takes four bytes, not six; a lone half becomes a replacement of three.
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = value.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) i++;
    }
  }
  return length;
}

/** Reads bytes that the core wrote. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  int() {
    let byte = this.bytes[this.at++];
    const negative = byte & 1;
    let value = (byte & 0x7f) >> 1;
    for (let unit = 64; byte & 0x80; unit *= 128) {
      byte = this.bytes[this.at++];
      value += (byte & 0x7f) * unit;
    }
    return negative ? -value - 1 : value;
  }

  text() {
    const length = this.int();
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return text.decode(bytes);
  }

  get(shape) {
    const [kind, a, b] = typeof shape === 'string' ? [shape] : shape;
    switch (kind) {
      case 'bool':
        return this.bytes[this.at++] !== 0;
      case 'int':
      case 'ms':
      case 'key':
        return this.int();
      case 'time':
        return this.int() / 1000;
      case 'text':
        return this.text();
      case 'truth':
        return [false, true, 'unknown'][this.bytes[this.at++]];
      case 'value': {
        const tag = this.bytes[this.at++];
        return tag < 2 ? tag === 1 : tag === 2 ? this.int() : this.text();
      }
      case 'words':
        return shape[this.bytes[this.at++] + 1];
      case 'maybe':
        return this.bytes[this.at++] ? this.get(a) : undefined;
      case 'list':
        return Array.from({ length: this.int() }, () => this.get(a));
      case 'table':
        return Object.fromEntries(Array.from({ length: this.int() }, () => [this.text(), this.get(a)]));
      case 'record':
        return this.fields(a, {});
      case 'tagged': {
        const [name, own] = b[this.bytes[this.at++]];
        return this.fields(own, this.fields(a, { type: name }));
      }
      default:
        throw new TactfulError({ code: 'INTERNAL', message: `cannot read ${kind}` });
    }
  }

  fields(list, into) {
    for (const [name, shape] of list) {
      const value = this.get(shape);
      if (value !== undefined) into[name] = value;
    }
    return into;
  }
}
