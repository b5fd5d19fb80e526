// SHA-256 of bytes, as hexadecimal digits. A browser has its own only over https, and a hall's network may have none.
const ROUNDS = new Uint32Array(64);
const START = new Uint32Array(8);
for (let found = 0, number = 2; found < 64; number += 1) {
  if (isPrime(number)) {
    if (found < 8) START[found] = fraction(Math.sqrt(number));
    ROUNDS[found] = fraction(Math.cbrt(number));
    found += 1;
  }
}

function isPrime(number) {
  for (let each = 2; each * each <= number; each += 1) if (number % each === 0) return false;
  return true;
}

// The first 32 bits behind the point.
function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

export async function sha256(bytes) {
  if (globalThis.crypto?.subtle) return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return digest(bytes);
}

export function digest(bytes) {
  const state = START.slice();
  const whole = bytes.length - (bytes.length % 64);
  const words = new Uint32Array(64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 64) block(state, words, view, at);
  const left = bytes.length - whole;
  const end = new DataView(new ArrayBuffer(left < 56 ? 64 : 128));
  for (let each = 0; each < left; each += 1) end.setUint8(each, bytes[whole + each]);
  end.setUint8(left, 0x80);
  end.setUint32(end.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  end.setUint32(end.byteLength - 4, (bytes.length * 8) >>> 0);
  for (let at = 0; at < end.byteLength; at += 64) block(state, words, end, at);
  const told = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => told.setUint32(place * 4, word));
  return hex(new Uint8Array(told.buffer));
}

function block(state, words, view, at) {
  for (let each = 0; each < 16; each += 1) words[each] = view.getUint32(at + each * 4);
  for (let each = 16; each < 64; each += 1) {
    const early = words[each - 15];
    const late = words[each - 2];
    const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[each] = words[each - 16] + one + words[each - 7] + two;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let each = 0; each < 64; each += 1) {
    const sum = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + sum + ((e & f) ^ (~e & g)) + ROUNDS[each] + words[each]) | 0;
    const other = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (other + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
