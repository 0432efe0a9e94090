import CivilTime
import MerkleLog
import Transparency
import Web

/// `GET /log/leaves/:n` and `/log/leaves/:n/receipt`: one leaf with the head that first covers it, and its proof file.
///
/// The proof is by the first head that a witness cosigned, where one did; with `by=logged` by the first head that covers it,
/// which proves the earlier time. That of an edition whose content was erased holds the proof of the erasure too.
///
/// Open to anyone. A leaf that no signed head covers yet answers as if it did not exist.
struct LeafPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let leaf: LeafRow
        /// The bytes that are hashed: ids, codes and days, never words.
        let entry: String
        /// SHA-256 of 0x00 and the bytes, as tiles hold it: base 64.
        let hash: String
        /// The salted hash of what was said; null where the leaf says everything.
        let record: OrNull<String>
        /// The subject's last leaf before this one.
        let previous: OrNull<Int>
        /// Of the first signed head that covers it.
        let size: Int
        let signedAt: String
        let note: String
        /// Of the first head that an outside witness cosigned; null while none did.
        let witnessedSize: OrNull<Int>
        let witnessedAt: OrNull<String>
    }

    func add(to routes: Routes) {
        routes.get("log/leaves/:n") { request in
            let found = try await leaf(request) { leaf, reading in
                try value(LogReceipt(of: leaf, in: reading.transaction), reading)
            }
            return Answer(LeafBody(value: found).page, data: found, meantFor: .everyone)
        }
        routes.get("log/leaves/:n/receipt", taking: ["by"]) { request in
            let ground = try request.ground()
            return .receipt(
                try await leaf(request) { leaf, reading in
                    try ReceiptFile(of: leaf, by: ground, in: reading.transaction)
                })
        }
    }

    /// What stands in the log of a leaf that a signed head covers.
    private func leaf<Found: Sendable>(
        _ request: WebRequest, _ body: @escaping @Sendable (LogLeaf, Reading) throws -> Found
    ) async throws -> Found {
        let text = request.parameter("n")
        let found = try await room.read { reading -> Found? in
            guard let index = Int(text), String(index) == text,
                let size = try reading.transaction.log.lastCheckpoint()?.size, (0..<size).contains(index),
                let leaf = try reading.transaction.log.leaf(index)
            else { return nil }
            return try body(leaf, reading)
        }
        guard let found else { throw LogProblem.noSuchLeaf(String(text.prefix(20))) }
        return found
    }

    private func value(_ receipt: LogReceipt, _ reading: Reading) throws -> Value {
        let leaf = receipt.leaf
        let said = try leaf.read()
        return Value(
            leaf: try reading.rows([leaf])[0], entry: String(decoding: leaf.entry, as: UTF8.self),
            hash: leaf.hash.base64, record: OrNull(said.record), previous: OrNull(said.previous),
            size: receipt.first.size, signedAt: receipt.first.signedAt, note: receipt.first.note,
            witnessedSize: OrNull(receipt.witnessed?.head.size),
            witnessedAt: OrNull(receipt.witnessed?.at.description))
    }
}

extension WebRequest {
    /// `by=`: which head a receipt is by; `witnessed` unless it says `logged`.
    func ground() throws -> LogReceipt.Ground {
        guard let text = try query.text("by") else { return .witnessed }
        guard let ground = LogReceipt.Ground(rawValue: text) else {
            throw Problem(.invalid, code: "receipt-ground-unknown", detail: "by 只能是 witnessed 或者 logged。")
        }
        return ground
    }
}

extension Answer {
    /// The proof file of a leaf, to be saved.
    static func receipt(_ file: ReceiptFile) -> Answer {
        .bytes(
            file.bytes, type: "text/plain; charset=utf-8", downloadAs: file.name, meantFor: .everyone)
    }
}

/// A leaf as a page.
struct LeafBody: Sendable {
    let value: LeafPage.Value

    var page: Page {
        Page(
            title: "日志第 \(value.leaf.index) 条",
            lead: "<p>\(value.leaf.actName)，\(clockTime(value.leaf.at))</p>",
            crumbs: [.init("首页", "/"), .init("透明日志", "/log")],
            """
            \(Facts(facts))
            <p>\(receipts) · <a href="/log/check">核对回执</a></p>
            <h2>条目的内容</h2>
            <p class="quiet">参与哈希的正是下面这些字节（RFC 8785）。其中只有编号、代码和日期。</p>
            <pre class="log-text">\(value.entry)</pre>
            <h2>最先覆盖它的签名文本</h2>
            <pre class="log-text">\(value.note)</pre>
            """)
    }

    private var receipts: HTML {
        let receipt: HTML = "<a href=\"\(value.leaf.link)/receipt\">下载日志回执</a>"
        guard let size = value.witnessedSize.value, size != value.size else { return receipt }
        return """
            \(receipt)（由外部见证联署） · \
            <a href="\(value.leaf.link)/receipt?by=logged">下载最先签名的回执</a>（时间更早，只有本平台签名）
            """
    }

    private var facts: [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = [
            ("事实", "\(value.leaf.actName) <span class=\"code\">\(value.leaf.act)</span>"),
            ("对象", value.leaf.thing),
            ("最先签名", "\(clockTime(value.signedAt))，覆盖前 \(value.size) 条"),
            ("叶哈希", "<span class=\"code\">\(value.hash)</span>"),
        ]
        if let size = value.witnessedSize.value, let time = value.witnessedAt.value {
            facts.append(("外部见证", "\(clockTime(time))，覆盖前 \(size) 条"))
        }
        if let record = value.record.value {
            facts.append(("所说内容的加盐哈希", "<span class=\"code\">\(record)</span>"))
        }
        if let previous = value.previous.value {
            facts.append(("同一对象的上一条", "<a href=\"/log/leaves/\(previous)\">第 \(previous) 条</a>"))
        }
        return facts
    }
}
