// Checks a proof file of a transparency log in the reader's browser, without any request. C2SP tlog-proof, signed-note,
// tlog-cosignature; RFC 6962.
(() => {
  const {
    Flaw, refuse, utf8, textOf, joined, isSame, hex, base64, number, fromBig, sha256, point, times, isNothing, isSigned,
  } = arithmetic;
  const receiptBytesMax = 1100000;
  const recordBytesMax = 16 << 20;
  const keysMax = 100;
  const hashesMax = 63;
  const proofsMax = 16;

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

  /** One or several, one behind the other: the line of the title begins the next. */
  function readProofs(bytes) {
    if (bytes.length === 0) refuse("请给出回执。");
    if (bytes.length > receiptBytesMax) refuse("回执太大。");
    // Mail ends lines with CR LF.
    const text = textOf(bytes, "回执").replaceAll("\r\n", "\n");
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) refuse("回执里有控制字符。");
    const proofs = text.split(/(?<=\n)(?=c2sp\.org\/tlog-proof@v1\n)/);
    if (proofs.length > proofsMax) refuse("一个文件里的回执太多。");
    return proofs.map(readProof);
  }

  function readProof(text) {
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
    if (!isSame(rootOf(proof), proof.note.root)) refuse("条目、位置或者哈希与签名的树根不符：回执被改动过。");
    return { proof, times, record: null, said: readEntry(proof.entry) };
  }

  function readEntry(entry) {
    let said = null;
    try { said = JSON.parse(textOf(entry, "条目")); } catch (error) { if (!(error instanceof SyntaxError)) throw error; }
    if (typeof said?.act !== "string" || typeof said.change !== "object") refuse("条目的内容不是公开事实的样式。");
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
    return isNaN(local) ? seconds + " 秒" : local.toISOString().slice(0, 19).replace("T", " ") + "（北京时间）";
  }

  function show(verdict, title, nodes) {
    const result = element("result");
    const head = line("p", title);
    head.className = "verdict " + (verdict === "holds" ? "good" : "bad");
    result.replaceChildren(head, ...nodes);
    document.body.dataset.verdict = verdict;
  }

  /** A verdict is about what was given, and goes with it. */
  function takeBack() {
    element("result").replaceChildren();
    delete document.body.dataset.verdict;
  }

  function showProved(proved) {
    const isErased = proved.some(({ erasure }) => erasure);
    show("holds", isErased ? "✓ 成立，内容已依法删除" : "✓ 成立", proved.flatMap(linesOf));
  }

  const grounds = {
    "personal-information": "个人信息",
    "state-secret": "国家秘密",
    "others-secret": "商业秘密、个人隐私",
    "order": "司法机关、主管机关的决定",
  };

  function erasureLine({ proof, said }) {
    const ground = grounds[said.change.ground] ?? said.change.ground;
    return line("p", `这一版的内容已于 ${said.at}（UTC）依法删除：依据 ${ground}（${said.change.clause}），见日志第 ${proof.index} 条。`);
  }

  /** What may have come since, and where to look. */
  function laterLine({ kind, subject }) {
    if (kind === "publication") {
      return line("p", `它不排除此后撤回或者依法删除：请在出具回执的网站查看 /publications/${subject} 和 /log。`);
    }
    const place = kind === "obligation" ? `/obligations/${subject} 和 /log` : "/log";
    return line("p", `它不排除此后另有变动：请在出具回执的网站查看 ${place}。`);
  }

  function linesOf({ proof, times, record, said, erasure }) {
    const { note } = proof;
    const nodes = [
      line("p", `这条公开事实在日志“${note.origin}”中居第 ${proof.index} 条，包含在对前 ${note.size} 条的签名里：`),
      line("pre", textOf(proof.entry, "条目")),
      ...times.map((time) => line("p", `最迟于 ${moment(time.seconds)}已经存在：由 ${time.name} 证明。`)),
    ];
    if (erasure) nodes.push(erasureLine(erasure));
    if (times.length === 0) nodes.push(line("p", "没有给出相符的时间公钥，不能证明何时存在。"));
    if (record === null) {
      nodes.push(line("p", "没有给出记录文件，没有核对文字。"));
    } else {
      nodes.push(line("p", "记录文件的文字正是当时写入日志的："), line("pre", record));
    }
    nodes.push(line("p", "它不证明：所说的内容属实；没有写进日志的事情不曾发生；公钥就是那个日志的公钥（须由您从别处核对）；"
      + "日志没有给别人看另一套历史（须有外部见证人，或者互相比对签名文本）。"));
    if (!erasure) nodes.push(laterLine(said));
    return nodes;
  }

  function bytesOf(name) {
    if (chosen[name] === null) refuse("选择的文件没有读到：请另选，或者粘贴。");
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
    takeBack();
    delete chosen[name];
    const input = element(name + "-file");
    const file = input.files[0];
    if (!file) return;
    element(name).value = "";
    chosen[name] = null;
    if (file.size > recordBytesMax) {
      show("fails", "✗ 不能核对", [line("p", "文件太大：" + file.name)]);
      return;
    }
    // Another may be chosen before this one is read.
    const isStill = () => input.files[0] === file;
    file.arrayBuffer().then(
      (buffer) => { if (isStill()) chosen[name] = new Uint8Array(buffer); },
      (error) => { if (isStill()) show("fails", "✗ 不能核对", [line("p", "读不到文件：" + error)]); });
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
      show("fails", "✗ 不能核对", [line("p", "网址里 # 后面的内容不完整，没有填入。")]);
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
