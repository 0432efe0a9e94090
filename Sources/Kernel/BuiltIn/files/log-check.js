// Checks a proof file of a transparency log in the reader's browser, without any request and without WebCrypto, which
// pages opened from a disk or over http do not have. C2SP tlog-proof, signed-note, tlog-cosignature; RFC 6962, RFC 8032.
"use strict";
(() => {
  const receiptBytesMax = 1100000;
  const recordBytesMax = 16 << 20;
  const keysMax = 100;
  const hashesMax = 63;

  /** Why something does not hold, in the reader's words. */
  class Flaw extends Error {}

  const refuse = (reason) => { throw new Flaw(reason); };

  // Bytes

  const utf8 = (text) => new TextEncoder().encode(text);

  function textOf(bytes, name) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return refuse(name + "不是 UTF-8 文本。");
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
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) refuse("有一行不是规范的 Base64。");
    let binary = "";
    try { binary = atob(text); } catch { refuse("有一行不是规范的 Base64。"); }
    if (btoa(binary) !== text) refuse("有一行不是规范的 Base64。");
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }

  function number(text) {
    if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) refuse("有一个数写得不规范。");
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

  // Keys: name+number+base64

  function readKeys(bytes) {
    const lines = textOf(bytes, "公钥").split("\n").map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
    if (lines.length === 0) refuse("请给出日志公钥：没有公钥，什么也不能证明。");
    if (lines.length > keysMax) refuse("公钥太多，最多一百个。");
    return lines.map(readKey);
  }

  function readKey(line) {
    const parts = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? refuse("公钥的样子不对：应为“名称+八位+Base64”。");
    const typed = base64(parts[3]);
    if (typed.length !== 33 || (typed[0] !== 1 && typed[0] !== 4)) refuse("公钥的种类不认识。");
    const digits = hex(sha256(joined(utf8(parts[1] + "\n"), typed)).slice(0, 4));
    if (digits !== parts[2]) refuse("公钥抄错了：编号与内容不符。");
    const bytes = typed.slice(1);
    const place = point(bytes);
    if (place === null || isNothing(times(8n, place))) refuse("公钥无效：任何人都能用它签名。");
    return { name: parts[1], number: digits, isForTimes: typed[0] === 4, bytes, point: place };
  }

  // The proof file

  function readProof(bytes) {
    if (bytes.length === 0) refuse("请给出回执。");
    if (bytes.length > receiptBytesMax) refuse("回执太大。");
    const text = textOf(bytes, "回执");
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) refuse("回执里有控制字符。");
    const end = text.indexOf("\n\n");
    if (end < 0) refuse("回执不完整。");
    const lines = text.slice(0, end).split("\n");
    if (lines.shift() !== "c2sp.org/tlog-proof@v1") refuse("这不是日志回执（.tlog-proof）。");
    if (!lines[0]?.startsWith("extra ")) refuse("回执里没有条目的内容。");
    const entry = base64(lines.shift().slice(6));
    if (!lines[0]?.startsWith("index ")) refuse("回执里没有条目的位置。");
    const index = number(lines.shift().slice(6));
    if (lines.length > hashesMax) refuse("回执里的哈希太多。");
    const hashes = lines.map(readHash);
    return { entry, index, hashes, note: readNote(text.slice(end + 2)) };
  }

  function readHash(line) {
    const hash = base64(line);
    return hash.length === 32 ? hash : refuse("有一个哈希长度不对。");
  }

  function readNote(note) {
    const end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) refuse("签名文本不完整。");
    const text = note.slice(0, end + 1);
    const signatures = note.slice(end + 2, -1).split("\n").map(readSignature);
    if (signatures.length > keysMax) refuse("签名太多。");
    const lines = text.slice(0, -1).split("\n");
    if (lines.length < 3 || lines.includes("")) refuse("签名文本的样子不对。");
    return { text, signatures, origin: lines[0], size: number(lines[1]), root: readHash(lines[2]) };
  }

  function readSignature(line) {
    const parts = /^— ([^+\s]+) (\S+)$/.exec(line) ?? refuse("签名行的样子不对。");
    const numbered = base64(parts[2]);
    if (numbered.length <= 4) refuse("签名行的样子不对。");
    return { name: parts[1], number: hex(numbered.slice(0, 4)), bytes: numbered.slice(4) };
  }

  // What follows from it

  /** The root that the leaf and the hashes beside its way lead to. RFC 9162, 2.1.3.2. */
  function rootOf(proof) {
    if (proof.index >= proof.note.size) refuse("位置超出了日志的大小。");
    let place = proof.index;
    let last = proof.note.size - 1n;
    let hash = sha256(joined([0], proof.entry));
    for (const next of proof.hashes) {
      if (last === 0n) refuse("回执里的哈希比大小需要的多。");
      if ((place & 1n) === 1n || place === last) {
        hash = sha256(joined([1], next, hash));
        while ((place & 1n) === 0n && place !== 0n) { place >>= 1n; last >>= 1n; }
      } else {
        hash = sha256(joined([1], hash, next));
      }
      place >>= 1n;
      last >>= 1n;
    }
    return last === 0n ? hash : refuse("回执里的哈希比大小需要的少。");
  }

  /** The times that keys swear to. At least one key of the log itself must have signed. */
  function checkSignatures(note, keys) {
    const times = [];
    let isByLog = false;
    for (const signature of note.signatures) {
      for (const key of keys) {
        if (key.name !== signature.name || key.number !== signature.number) continue;
        if (key.isForTimes) {
          times.push(checkTime(note, key, signature));
        } else {
          if (!isSigned(key, signature.bytes, utf8(note.text))) refuse("签名与签名文本不符：文本或者签名被改动过。");
          if (key.name === note.origin) isByLog = true;
        }
      }
    }
    if (!isByLog) refuse("不是用您给出的日志公钥签名的，或者是另一个日志的回执。");
    return times;
  }

  function checkTime(note, key, signature) {
    if (signature.bytes.length !== 72) refuse("时间签名的长度不对。");
    const seconds = fromBig(signature.bytes.slice(0, 8));
    const message = utf8("cosignature/v1\ntime " + seconds + "\n" + note.text);
    if (!isSigned(key, signature.bytes.slice(8), message)) refuse("时间签名不符：文本、时间或者签名被改动过。");
    return { name: key.name, seconds };
  }

  /** The record's salted hash as the entry has it. */
  function checkRecord(bytes, entry) {
    if (bytes.length > recordBytesMax) refuse("记录文件太大。");
    const [start, middle, end] = [utf8('{"record":'), utf8(',"salt":"'), utf8('"}')];
    const tail = middle.length + 64 + end.length;
    const cut = bytes.length - tail;
    const isFormed = cut > start.length && isSame(bytes.slice(0, start.length), start)
      && isSame(bytes.slice(cut, cut + middle.length), middle) && isSame(bytes.slice(-end.length), end);
    const digits = isFormed ? textOf(bytes.slice(cut + middle.length, -end.length), "记录文件") : "";
    if (!/^[0-9a-f]{64}$/.test(digits)) refuse("记录文件不是 {\"record\":…,\"salt\":…} 的样式。");
    const salt = Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
    const record = bytes.slice(start.length, cut);
    const found = hex(sha256(joined(utf8("sundial record v1\0"), salt, record)));
    const logged = JSON.parse(textOf(entry, "条目")).record;
    if (logged === undefined) refuse("这一条没有另外的文字，记录文件不属于它。");
    if (found !== logged) refuse("记录文件的文字或者盐，不是当时写入日志的。");
    return textOf(record, "记录文件");
  }

  function check(receipt, key, record) {
    const proof = readProof(receipt);
    const times = checkSignatures(proof.note, readKeys(key));
    if (!isSame(rootOf(proof), proof.note.root)) refuse("条目、位置或者哈希与签名的树根不符：回执被改动过。");
    return { proof, times, record: record.length > 0 ? checkRecord(record, proof.entry) : null };
  }

  // The page

  const element = (id) => document.getElementById(id);
  const names = ["receipt", "key", "record"];
  const chosen = {};

  function line(kind, text) {
    const node = document.createElement(kind);
    node.textContent = text;
    return node;
  }

  function moment(seconds) {
    const local = new Date(Number(seconds + 28800n) * 1000);
    return isNaN(local) ? seconds + " 秒" : local.toISOString().slice(0, 19).replace("T", " ") + "（北京时间）";
  }

  function show(verdict, title, nodes) {
    const result = element("result");
    const head = line("p", title);
    head.className = "verdict " + (verdict === "holds" ? "good" : "bad");
    result.replaceChildren(head, ...nodes);
    document.body.dataset.verdict = verdict;
  }

  function showProved({ proof, times, record }) {
    const { note } = proof;
    const nodes = [
      line("p", `这条公开事实在日志“${note.origin}”中居第 ${proof.index} 条，包含在对前 ${note.size} 条的签名里：`),
      line("pre", textOf(proof.entry, "条目")),
      ...times.map((time) => line("p", `最迟于 ${moment(time.seconds)}已经存在：由 ${time.name} 证明。`)),
    ];
    if (times.length === 0) nodes.push(line("p", "没有给出相符的时间公钥，不能证明何时存在。"));
    if (record === null) {
      nodes.push(line("p", "没有给出记录文件，没有核对文字。"));
    } else {
      nodes.push(line("p", "记录文件的文字正是当时写入日志的："), line("pre", record));
    }
    nodes.push(line("p", "它不证明：所说的内容属实；没有写进日志的事情不曾发生；公钥就是那个日志的公钥（须由您从别处核对）；"
      + "日志没有给别人看另一套历史（须有外部见证人，或者互相比对签名文本）。"));
    show("holds", "✓ 成立", nodes);
  }

  function bytesOf(name) {
    if (chosen[name]) return chosen[name];
    const text = element(name).value;
    // What was pasted may have lost the line end of the file, or gained blanks after it.
    if (name === "record") return utf8(text.trim());
    return text.trim() === "" ? new Uint8Array() : utf8(text.trimEnd() + "\n");
  }

  function run() {
    try {
      showProved(check(...names.map(bytesOf)));
    } catch (error) {
      const isOurs = error instanceof Flaw;
      show("fails", "✗ 不成立", [line("p", isOurs ? error.message : "核对时出错：" + error)]);
    }
  }

  function choose(name) {
    const file = element(name + "-file").files[0];
    if (!file) { delete chosen[name]; return; }
    if (file.size > recordBytesMax) {
      show("fails", "✗ 不能核对", [line("p", "文件太大：" + file.name)]);
      return;
    }
    element(name).value = "";
    file.arrayBuffer().then(
      (buffer) => { chosen[name] = new Uint8Array(buffer); },
      (error) => show("fails", "✗ 不能核对", [line("p", "读不到文件：" + error)]));
  }

  function forget(name) {
    delete chosen[name];
    element(name + "-file").value = "";
  }

  /** What stands behind # in the address; a browser sends it nowhere. */
  function fill() {
    for (const pair of location.hash.slice(1).split("&")) {
      const cut = pair.indexOf("=");
      const name = pair.slice(0, Math.max(cut, 0));
      if (names.includes(name)) element(name).value = decodeURIComponent(pair.slice(cut + 1));
    }
    if (element("receipt").value !== "" && element("key").value !== "") run();
  }

  for (const name of names) {
    element(name + "-file").addEventListener("change", () => choose(name));
    element(name).addEventListener("input", () => forget(name));
  }
  element("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  fill();
})();
