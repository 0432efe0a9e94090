// Checks a proof file of a transparency log in the reader's browser, without any request. C2SP tlog-proof, signed-note,
// tlog-cosignature; RFC 6962.
(() => {
  const {
    Flaw, refuse, Wanting, ask, utf8, textOf, joined, isSame, hex, base64, number, fromBig, sha256, point, times, isNothing,
    isSigned,
  } = arithmetic;
  const receiptBytesMax = 1100000;
  const recordBytesMax = 16 << 20;
  const keysMax = 100;
  const hashesMax = 63;
  const proofsMax = 16;

  // Keys: name+number+base64

  function readKeys(bytes) {
    const lines = textOf(bytes, words.key).split("\n").map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
    if (lines.length === 0) ask(words.noKey);
    if (lines.length > keysMax) ask(words.tooManyKeys);
    return lines.map(readKey);
  }

  function readKey(line) {
    const parts = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? ask(words.keyForm);
    const typed = base64(parts[3]);
    if (typed.length !== 33 || (typed[0] !== 1 && typed[0] !== 4)) ask(words.keyKind);
    const digits = hex(sha256(joined(utf8(parts[1] + "\n"), typed)).slice(0, 4));
    if (digits !== parts[2]) ask(words.keyNumber);
    const bytes = typed.slice(1);
    const place = point(bytes);
    if (place === null || isNothing(times(8n, place))) ask(words.keyWeak);
    return { name: parts[1], number: digits, isForTimes: typed[0] === 4, bytes, point: place };
  }

  // The proof file

  /** One or several, one behind the other: the line of the title begins the next. */
  function readProofs(bytes) {
    if (bytes.length === 0) ask(words.noReceipt);
    if (bytes.length > receiptBytesMax) refuse(words.receiptLarge);
    // Mail ends lines with CR LF.
    const text = textOf(bytes, words.receipt).replaceAll("\r\n", "\n");
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) refuse(words.controls);
    const proofs = text.split(/(?<=\n)(?=c2sp\.org\/tlog-proof@v1\n)/);
    if (proofs.length > proofsMax) refuse(words.tooManyProofs);
    return proofs.map(readProof);
  }

  function readProof(text) {
    const end = text.indexOf("\n\n");
    if (end < 0) refuse(words.receiptCut);
    const lines = text.slice(0, end).split("\n");
    if (lines.shift() !== "c2sp.org/tlog-proof@v1") refuse(words.noProofFile);
    if (!lines[0]?.startsWith("extra ")) refuse(words.noEntry);
    const entry = base64(lines.shift().slice(6));
    if (!lines[0]?.startsWith("index ")) refuse(words.noIndex);
    const index = number(lines.shift().slice(6));
    if (lines.length > hashesMax) refuse(words.tooManyHashes);
    const hashes = lines.map(readHash);
    return { entry, index, hashes, note: readNote(text.slice(end + 2)) };
  }

  function readHash(line) {
    const hash = base64(line);
    return hash.length === 32 ? hash : refuse(words.hashLength);
  }

  function readNote(note) {
    const end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) refuse(words.noteCut);
    const text = note.slice(0, end + 1);
    const signatures = note.slice(end + 2, -1).split("\n").map(readSignature);
    if (signatures.length > keysMax) refuse(words.tooManySignatures);
    const lines = text.slice(0, -1).split("\n");
    if (lines.length < 3 || lines.includes("")) refuse(words.noteForm);
    return { text, signatures, origin: lines[0], size: number(lines[1]), root: readHash(lines[2]) };
  }

  function readSignature(line) {
    const parts = /^— ([^+\s]+) (\S+)$/.exec(line) ?? refuse(words.signatureForm);
    const numbered = base64(parts[2]);
    if (numbered.length <= 4) refuse(words.signatureForm);
    return { name: parts[1], number: hex(numbered.slice(0, 4)), bytes: numbered.slice(4) };
  }

  // What follows from it

  /** The root that the leaf and the hashes beside its way lead to. RFC 9162, 2.1.3.2. */
  function rootOf(proof) {
    if (proof.index >= proof.note.size) refuse(words.indexBeyond);
    let place = proof.index;
    let last = proof.note.size - 1n;
    let hash = sha256(joined([0], proof.entry));
    for (const next of proof.hashes) {
      if (last === 0n) refuse(words.hashesMore);
      if ((place & 1n) === 1n || place === last) {
        hash = sha256(joined([1], next, hash));
        while ((place & 1n) === 0n && place !== 0n) { place >>= 1n; last >>= 1n; }
      } else {
        hash = sha256(joined([1], hash, next));
      }
      place >>= 1n;
      last >>= 1n;
    }
    return last === 0n ? hash : refuse(words.hashesFewer);
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
          if (!isSigned(key, signature.bytes, utf8(note.text))) refuse(words.signatureWrong);
          if (key.name === note.origin) isByLog = true;
        }
      }
    }
    if (!isByLog) refuse(words.notByLog);
    return times;
  }

  function checkTime(note, key, signature) {
    if (signature.bytes.length !== 72) refuse(words.timeLength);
    const seconds = fromBig(signature.bytes.slice(0, 8));
    const message = utf8("cosignature/v1\ntime " + seconds + "\n" + note.text);
    if (!isSigned(key, signature.bytes.slice(8), message)) refuse(words.timeWrong);
    return { name: key.name, seconds };
  }

  /** The record's salted hash as the entry has it. */
  function checkRecord(bytes, entry) {
    if (bytes.length > recordBytesMax) refuse(words.recordLarge);
    const [start, middle, end] = [utf8('{"record":'), utf8(',"salt":"'), utf8('"}')];
    const tail = middle.length + 64 + end.length;
    const cut = bytes.length - tail;
    const isFormed = cut > start.length && isSame(bytes.slice(0, start.length), start)
      && isSame(bytes.slice(cut, cut + middle.length), middle) && isSame(bytes.slice(-end.length), end);
    const digits = isFormed ? textOf(bytes.slice(cut + middle.length, -end.length), words.recordFile) : "";
    if (!/^[0-9a-f]{64}$/.test(digits)) refuse(words.recordForm);
    const salt = Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
    const record = bytes.slice(start.length, cut);
    const found = hex(sha256(joined(utf8("sundial record v1\0"), salt, record)));
    const logged = JSON.parse(textOf(entry, words.entry)).record;
    if (logged === undefined) refuse(words.recordOfNone);
    if (found !== logged) refuse(words.recordWrong);
    return textOf(record, words.recordFile);
  }

  function check(receipt, key, record) {
    const keys = readKeys(key);
    const proved = readProofs(receipt).map((proof) => checkProof(proof, keys));
    // The record is that of the edition, whose proof comes first.
    proved[0].record = record.length > 0 ? checkRecord(record, proved[0].proof.entry) : null;
    for (const one of proved) {
      one.erasure = proved.find(({ said }) => said.act === "edition.erased" && said.subject === one.said.subject
        && said.change.n === one.said.change.n);
    }
    return proved;
  }

  function checkProof(proof, keys) {
    const times = checkSignatures(proof.note, keys);
    if (!isSame(rootOf(proof), proof.note.root)) refuse(words.rootWrong);
    return { proof, times, record: null, said: readEntry(proof.entry) };
  }

  function readEntry(entry) {
    let said = null;
    try { said = JSON.parse(textOf(entry, words.entry)); } catch (error) { if (!(error instanceof SyntaxError)) throw error; }
    if (typeof said?.act !== "string" || typeof said.change !== "object") refuse(words.entryForm);
    return said;
  }

  // The page

  const element = (id) => document.getElementById(id);
  const names = ["receipt", "key", "record"];
  /** The bytes of chosen files by name; null where a file was chosen and could not be read, or not yet. */
  const chosen = {};

  function line(kind, text) {
    const node = document.createElement(kind);
    node.textContent = text;
    return node;
  }

  function moment(seconds) {
    const local = new Date(Number(seconds + 28800n) * 1000);
    return isNaN(local) ? words.seconds(seconds) : words.beijing(local.toISOString().slice(0, 19).replace("T", " "));
  }

  const looks = { holds: "good", fails: "bad", unchecked: "open" };

  function show(verdict, title, nodes) {
    const result = element("result");
    const head = line("p", title);
    head.className = "verdict " + looks[verdict];
    result.replaceChildren(head, ...nodes);
    document.body.dataset.verdict = verdict;
  }

  /** A verdict is about what was given, and goes with it. */
  function takeBack() {
    element("result").replaceChildren();
    delete document.body.dataset.verdict;
  }

  function showUnchecked(reason) {
    show("unchecked", words.cannot, [line("p", reason)]);
  }

  function showProved(proved) {
    // The entry of an erasure says nothing of another edition whose proof stands beside it.
    const isErased = proved.some(({ said, erasure }) => erasure && said.act !== "edition.erased");
    show("holds", isErased ? words.holdsErased : words.holds, proved.flatMap(linesOf));
  }

  function erasureLine({ proof, said }) {
    const ground = words.grounds[said.change.ground] ?? said.change.ground;
    return line("p", words.erased(said.at, ground, said.change.clause, proof.index));
  }

  /** What may have come since, and where to look. */
  function laterLine({ kind, subject }) {
    if (kind === "publication") {
      return line("p", words.laterOfPublication(subject));
    }
    const place = kind === "obligation" ? words.obligationAndLog(subject) : "/log";
    return line("p", words.later(place));
  }

  function linesOf({ proof, times, record, said, erasure }) {
    const { note } = proof;
    const nodes = [
      line("p", words.place(note.origin, proof.index, note.size)),
      line("pre", textOf(proof.entry, words.entry)),
      ...times.map((time) => line("p", words.dated(moment(time.seconds), time.name))),
    ];
    if (erasure) nodes.push(erasureLine(erasure));
    if (times.length === 0) nodes.push(line("p", words.noTime));
    if (record === null) {
      nodes.push(line("p", words.noWords));
    } else {
      nodes.push(line("p", words.sameWords), line("pre", record));
    }
    nodes.push(line("p", words.limits));
    if (!erasure) nodes.push(laterLine(said));
    return nodes;
  }

  function bytesOf(name) {
    if (chosen[name] === null) ask(words.fileUnread);
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
      if (error instanceof Flaw) {
        show("fails", words.fails, [line("p", error.message)]);
      } else {
        showUnchecked(error instanceof Wanting ? error.message : words.broken(error));
      }
    }
  }

  function choose(name) {
    takeBack();
    delete chosen[name];
    const input = element(name + "-file");
    const file = input.files[0];
    if (!file) return;
    element(name).value = "";
    chosen[name] = null;
    if (file.size > recordBytesMax) {
      showUnchecked(words.fileLarge(file.name));
      return;
    }
    // Another may be chosen before this one is read.
    const isStill = () => input.files[0] === file;
    file.arrayBuffer().then(
      (buffer) => { if (isStill()) chosen[name] = new Uint8Array(buffer); },
      (error) => { if (isStill()) showUnchecked(words.fileUnreadable(error)); });
  }

  function type(name) {
    takeBack();
    delete chosen[name];
    element(name + "-file").value = "";
  }

  /**
   * What stands behind # in the address; a browser sends it nowhere. Never a key: whoever made the link would vouch for
   * himself.
   */
  function fill() {
    for (const pair of location.hash.slice(1).split("&")) {
      const cut = pair.indexOf("=");
      const name = pair.slice(0, Math.max(cut, 0));
      if (name === "receipt" || name === "record") element(name).value = textOfLink(pair.slice(cut + 1));
    }
  }

  function textOfLink(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      showUnchecked(words.linkCut);
      return "";
    }
  }

  for (const name of names) {
    element(name + "-file").addEventListener("change", () => choose(name));
    element(name).addEventListener("input", () => type(name));
  }
  element("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  fill();
})();
