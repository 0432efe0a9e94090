// What checking a receipt takes of bytes, SHA-2 and Ed25519, without WebCrypto, which pages opened from a disk or over http do not
// have. RFC 6234, RFC 8032. It stands before log-check.js in the same script.
"use strict";
const arithmetic = (() => {
  /** Why something does not hold, in the reader's words. */
  class Flaw extends Error {}

  const refuse = (reason) => { throw new Flaw(reason); };

  /** Why nothing can be said yet. */
  class Wanting extends Error {}

  const ask = (reason) => { throw new Wanting(reason); };

  // Bytes

  const utf8 = (text) => new TextEncoder().encode(text);

  function textOf(bytes, name) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return refuse(words.notUTF8(name));
    }
  }

  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let start = 0;
    for (const part of parts) { all.set(part, start); start += part.length; }
    return all;
  }

  const isSame = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** Only the one form that a base 64 text can have. */
  function base64(text) {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) refuse(words.noBase64);
    let binary = "";
    try { binary = atob(text); } catch { refuse(words.noBase64); }
    if (btoa(binary) !== text) refuse(words.noBase64);
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }

  function number(text) {
    if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) refuse(words.noNumber);
    return BigInt(text);
  }

  const fromLittle = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const fromBig = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

  function littleBytes(value, count) {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index++) { bytes[index] = Number(value & 255n); value >>= 8n; }
    return bytes;
  }

  // SHA-2. Its constants are the first bits of roots of primes, so they are computed.

  const mask64 = (1n << 64n) - 1n;

  const primes = (() => {
    const found = [];
    for (let next = 2; found.length < 80; next++) {
      if (found.every((prime) => next % prime !== 0)) found.push(next);
    }
    return found;
  })();

  /** The first 64 bits behind the point of the k-th root. */
  function rootBits(prime, k) {
    const wanted = BigInt(prime) << (64n * k);
    let low = 0n;
    let high = 1n << 72n;
    while (low < high) {
      const middle = (low + high + 1n) >> 1n;
      if (middle ** k <= wanted) low = middle; else high = middle - 1n;
    }
    return low & mask64;
  }

  const rounds512 = primes.map((prime) => rootBits(prime, 3n));
  const start512 = primes.slice(0, 8).map((prime) => rootBits(prime, 2n));
  const rounds256 = Uint32Array.from(rounds512.slice(0, 64), (bits) => Number(bits >> 32n));
  const start256 = Uint32Array.from(start512, (bits) => Number(bits >> 32n));

  function padded(bytes, block) {
    const lengthBytes = block / 8;
    const count = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
    const all = new Uint8Array(count);
    all.set(bytes);
    all[bytes.length] = 0x80;
    new DataView(all.buffer).setBigUint64(count - 8, BigInt(bytes.length) * 8n);
    return all;
  }

  function sha256(bytes) {
    const all = padded(bytes, 64);
    const view = new DataView(all.buffer);
    const state = Uint32Array.from(start256);
    const w = new Uint32Array(64);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let start = 0; start < all.length; start += 64) {
      for (let i = 0; i < 16; i++) w[i] = view.getUint32(start + 4 * i);
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15];
        const b = w[i - 2];
        w[i] = (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)) + w[i - 7]
          + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 16];
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds256[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] += word; });
    }
    const out = new Uint8Array(32);
    state.forEach((word, index) => new DataView(out.buffer).setUint32(4 * index, word));
    return out;
  }

  function sha512(bytes) {
    const all = padded(bytes, 128);
    const view = new DataView(all.buffer);
    const state = start512.slice();
    const turn = (x, n) => ((x >> n) | (x << (64n - n))) & mask64;
    for (let start = 0; start < all.length; start += 128) {
      const w = [];
      for (let i = 0; i < 16; i++) w.push(view.getBigUint64(start + 8 * i));
      for (let i = 16; i < 80; i++) {
        const a = w[i - 15];
        const b = w[i - 2];
        w.push(((turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n)) + w[i - 7]
          + (turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n)) + w[i - 16]) & mask64);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 80; i++) {
        const one = (h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (~e & mask64 & g))
          + rounds512[i] + w[i]) & mask64;
        const two = ((turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))) & mask64;
        h = g; g = f; f = e; e = (d + one) & mask64; d = c; c = b; b = a; a = (one + two) & mask64;
      }
      [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = (state[index] + word) & mask64; });
    }
    const out = new Uint8Array(64);
    state.forEach((word, index) => new DataView(out.buffer).setBigUint64(8 * index, word));
    return out;
  }

  // Ed25519, RFC 8032. Nothing here is secret, so nothing needs to take the same time.

  const field = (1n << 255n) - 19n;
  const order = (1n << 252n) + 27742317777372353535851937790883648493n;
  const mod = (x) => { const rest = x % field; return rest < 0n ? rest + field : rest; };

  function power(base, exponent) {
    let result = 1n;
    for (let x = mod(base); exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = mod(result * x);
      x = mod(x * x);
    }
    return result;
  }

  const curve = mod(-121665n * power(121666n, field - 2n));
  const rootOfMinusOne = power(2n, (field - 1n) / 4n);
  const nothing = [0n, 1n, 1n, 0n];

  /** The point with that y and sign of x, or null when there is none. */
  function point(bytes) {
    const all = fromLittle(bytes);
    const sign = all >> 255n;
    const y = all & ((1n << 255n) - 1n);
    if (y >= field) return null;
    const u = mod(y * y - 1n);
    const v = mod(curve * y * y + 1n);
    let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (field - 5n) / 8n));
    if (mod(v * x * x) !== u) x = mod(x * rootOfMinusOne);
    if (mod(v * x * x) !== u || (x === 0n && sign === 1n)) return null;
    if ((x & 1n) !== sign) x = field - x;
    return [x, y, 1n, mod(x * y)];
  }

  function plus(p, q) {
    const a = mod((p[1] - p[0]) * (q[1] - q[0]));
    const b = mod((p[1] + p[0]) * (q[1] + q[0]));
    const c = mod(2n * curve * p[3] * q[3]);
    const d = mod(2n * p[2] * q[2]);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(n, p) {
    let result = nothing;
    for (let next = p; n > 0n; n >>= 1n) {
      if (n & 1n) result = plus(result, next);
      next = plus(next, next);
    }
    return result;
  }

  const minus = (p) => [mod(-p[0]), p[1], p[2], mod(-p[3])];
  const isNothing = (p) => p[0] === 0n && p[1] === p[2];

  function pointBytes(p) {
    const inverse = power(p[2], field - 2n);
    const x = mod(p[0] * inverse);
    return littleBytes(mod(p[1] * inverse) | ((x & 1n) << 255n), 32);
  }

  const base = point(littleBytes(mod(4n * power(5n, field - 2n)), 32));

  function isSigned(key, signature, message) {
    if (signature.length !== 64) return false;
    const s = fromLittle(signature.slice(32));
    if (s >= order) return false;
    const r = signature.slice(0, 32);
    const k = fromLittle(sha512(joined(r, key.bytes, message))) % order;
    return isSame(pointBytes(plus(times(s, base), minus(times(k, key.point)))), r);
  }

  return {
    Flaw, refuse, Wanting, ask, utf8, textOf, joined, isSame, hex, base64, number, fromBig, sha256, point, times, isNothing, isSigned,
  };
})();
