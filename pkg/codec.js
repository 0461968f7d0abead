// Plain objects to bytes and back, by the shapes of layout.js. Integers are zigzag LEB128.
import { TactfulError, below } from './error.js';

const utf8 = new TextEncoder();
// A mark at the beginning is part of a name, and not to be lost.
const text = new TextDecoder('utf-8', { ignoreBOM: true });
/** A feature that nobody knows. */
export const NOBODY = -2147483648;
/** The last instant there is, in ms. */
export const LATEST = 8_640_000_000_000_000;
/** The longest text the core accepts, in bytes. */
const TEXT_LIMIT = 4096;
/** Texts up to this many bytes are read by hand. */
const SHORT = 48;

/** Writes into the memory of a wasm module, asking for more room when it runs out. */
export class Writer {
  /** @param {{ view(length: number): Uint8Array, key(name: string): number }} host */
  constructor(host) {
    this.host = host;
    /** Fields that nobody knows: ignored in live data, and counted. */
    this.unknown = 0;
    /** Numbers that should have been integers: floored in live data, and counted. */
    this.floored = 0;
  }

  /** Writes one value from the beginning; its length. */
  write(shape, value) {
    this.bytes = this.host.view(1024);
    this.at = 0;
    /** The way to the value that is written: a pointer is made of it only when something is wrong. */
    this.trail = [];
    const { unknown, floored } = this;
    try {
      this.put(shape, value);
    } catch (error) {
      // What is refused is not counted.
      Object.assign(this, { unknown, floored });
      throw error;
    }
    return this.at;
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

  text(value) {
    // Three bytes a unit is the most UTF-8 takes; the length is known only afterwards.
    this.room(value.length * 3 + 10);
    const length = utf8Length(value);
    if (length > TEXT_LIMIT)
      this.refuse('TOO_LARGE', `${length} bytes are too many`, `at most ${TEXT_LIMIT} bytes`);
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

  refuse(code, message, hint, field) {
    const way = field === undefined ? this.trail : [...this.trail, field];
    throw new TactfulError({ code, path: way.reduce((path, step) => below(path, String(step)), ''), message, hint });
  }

  fail(message, hint, field) {
    this.refuse('WRONG_TYPE', message, hint, field);
  }

  /** An integer that is exact; fractions are floored and counted. */
  whole(value, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
    if (typeof value !== 'number' || Number.isNaN(value)) this.fail('should be an integer');
    const whole = Math.floor(value);
    if (!(whole >= min && whole <= max)) this.refuse('OUT_OF_RANGE', `${value} is out of range`, `from ${min} to ${max}`);
    if (whole !== value) this.floored++;
    this.int(whole);
  }

  /** A value by its shape. By position, not by pattern: taking a list apart costs as much as the rest. */
  put(shape, value) {
    const kind = typeof shape === 'string' ? shape : shape[0];
    switch (kind) {
      case 'bool':
        if (typeof value !== 'boolean') this.fail('should be true or false');
        return this.byte(value ? 1 : 0);
      case 'int':
        return this.whole(value, Math.max(shape[1], Number.MIN_SAFE_INTEGER), Math.min(shape[2], Number.MAX_SAFE_INTEGER));
      case 'ms':
        if (!Number.isFinite(value) || Math.abs(value) > LATEST)
          this.fail('should be integer milliseconds', 'Date.now(), not a Date or a string');
        return this.int(Math.floor(value));
      case 'time':
        // Absurd times are quarantined by the core, which counts them.
        return this.int(Number.isFinite(value) && Math.abs(value) < 1e12 ? Math.round(value * 1000) : -1);
      case 'text':
        if (typeof value !== 'string') this.fail('should be text');
        return this.text(value);
      case 'key':
        if (typeof value === 'string') return this.key(value);
        if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) this.fail('should be a name or its 32-bit key');
        return this.int(value);
      case 'value':
        if (typeof value === 'boolean') return this.byte(value ? 1 : 0);
        if (typeof value === 'string') return this.byte(3), this.text(value);
        if (typeof value !== 'number') this.fail('should be a boolean, an integer or text');
        return this.byte(2), this.whole(value);
      case 'words': {
        const code = shape.indexOf(value, 1) - 1;
        if (code < 0) this.fail(`${JSON.stringify(value)} is not known here`, shape.slice(1).join(', '));
        return this.byte(code);
      }
      case 'maybe':
        if (value === undefined || value === null) return this.byte(0);
        return this.byte(1), this.put(shape[1], value);
      case 'list': {
        const list = value ?? [];
        if (!Array.isArray(list)) this.fail('should be a list');
        this.int(list.length);
        for (let i = 0; i < list.length; i++) this.below(i, shape[1], list[i]);
        return undefined;
      }
      case 'table': {
        const entries = Object.entries(value ?? {}).sort(([x], [y]) => byCodePoint(x, y));
        this.int(entries.length);
        return entries.forEach(([id, each]) => (this.text(id), this.below(id, shape[1], each)));
      }
      case 'record':
        object(this, value);
        return this.uncounted(value, this.fields(shape[1], value));
      case 'tagged': {
        const { type } = object(this, value);
        const code = places(shape[2]).get(type);
        if (code === undefined) this.fail(`${JSON.stringify(type)} is no event`, shape[2].map(([n]) => n).join(', '), 'type');
        this.byte(code);
        return this.uncounted(value, 1 + this.fields(shape[1], value) + this.fields(shape[2][code][1], value));
      }
      default:
        return this.fail(`cannot be written (${kind})`);
    }
  }

  below(step, shape, value) {
    this.trail.push(step);
    this.put(shape, value);
    this.trail.pop();
  }

  /** Fields in order; how many of them there are. */
  fields(group, value) {
    let known = 0;
    for (let i = 0; i < group.length; i++) {
      const name = group[i][0];
      const shape = group[i][1];
      const own = value[name];
      if (own !== undefined) known++;
      else if (!optional(shape)) this.refuse('MISSING', `\`${name}\` is missing`, undefined, name);
      this.below(name, shape, own);
    }
    return known;
  }

  uncounted(value, known) {
    // What is undefined is not there.
    for (const name of Object.keys(value)) if (value[name] !== undefined) this.unknown++;
    this.unknown -= known;
  }
}

const optional = (shape) => shape[0] === 'maybe' || shape[0] === 'list' || shape[0] === 'table';

function object(writer, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) writer.fail('should be an object');
  return value;
}

/** The place of each type of an event; made once for each list of types. */
const placesOf = new WeakMap();
function places(types) {
  let known = placesOf.get(types);
  if (!known) placesOf.set(types, (known = new Map(types.map(([name], place) => [name, place]))));
  return known;
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
    const end = this.int() + this.at;
    const start = this.at;
    this.at = end;
    // A decoder costs more than most texts are long; four letters at once cost half of one by one.
    if (end - start <= SHORT) {
      const { bytes } = this;
      let plain = '';
      let i = start;
      for (; i + 4 <= end && (bytes[i] | bytes[i + 1] | bytes[i + 2] | bytes[i + 3]) < 0x80; i += 4)
        plain += String.fromCharCode(bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]);
      for (; i < end && bytes[i] < 0x80; i++) plain += String.fromCharCode(bytes[i]);
      if (i === end) return plain;
    }
    return text.decode(this.bytes.subarray(start, end));
  }

  get(shape) {
    const kind = typeof shape === 'string' ? shape : shape[0];
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
        return this.bytes[this.at++] ? this.get(shape[1]) : undefined;
      case 'list': {
        const list = [];
        for (let left = this.int(); left > 0; left--) list.push(this.get(shape[1]));
        return list;
      }
      case 'table':
        return Object.fromEntries(Array.from({ length: this.int() }, () => [this.text(), this.get(shape[1])]));
      case 'record':
        return this.fields(shape[1], {});
      case 'tagged': {
        const [name, own] = shape[2][this.bytes[this.at++]];
        return this.fields(own, this.fields(shape[1], { type: name }));
      }
      default:
        throw new TactfulError({ code: 'INTERNAL', message: `cannot read ${kind}` });
    }
  }

  fields(list, into) {
    for (let i = 0; i < list.length; i++) {
      const value = this.get(list[i][1]);
      if (value !== undefined) into[list[i][0]] = value;
    }
    return into;
  }
}

/** A copy of what a shape knows of a value: nothing else is kept on a device. */
export function known(shape, value) {
  if (value === undefined || value === null) return undefined;
  switch (shape[0]) {
    case 'maybe':
      return known(shape[1], value);
    case 'list':
      return Array.from(value, (each) => known(shape[1], each));
    case 'tagged':
      return { type: value.type, ...picked(shape[1], value), ...picked(shape[2].find(([word]) => word === value.type)[1], value) };
    default:
      return value;
  }
}

function picked(fields, value) {
  const copy = {};
  for (const [name, shape] of fields) {
    const field = known(shape, value[name]);
    if (field !== undefined) copy[name] = field;
  }
  return copy;
}
