import CivilTime
import MerkleLog
import Transparency
import Web

/// `GET /log/leaves/:n` and `/log/leaves/:n/receipt`: one leaf with the head that first covers it, and its proof file.
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
    }

    func add(to routes: Routes) {
        routes.get("log/leaves/:n") { request in
            let found = try await receipt(request)
            let leaf = try await room.read { try value(found, $0) }
            return Answer(LeafBody(value: leaf).page, data: leaf, meantFor: .everyone)
        }
        routes.get("log/leaves/:n/receipt") { request in .receipt(try await receipt(request)) }
    }

    private func receipt(_ request: WebRequest) async throws -> LogReceipt {
        let text = request.parameter("n")
        let found = try await room.read { reading -> LogReceipt? in
            guard let index = Int(text), String(index) == text,
                let size = try reading.transaction.log.lastCheckpoint()?.size, (0..<size).contains(index),
                let leaf = try reading.transaction.log.leaf(index)
            else { return nil }
            return try LogReceipt(of: leaf, in: reading.transaction)
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
            size: receipt.head.size, signedAt: receipt.head.signedAt, note: receipt.head.note)
    }
}

extension Answer {
    /// The proof file of a leaf, to be saved.
    static func receipt(_ receipt: LogReceipt) -> Answer {
        .bytes(
            receipt.file.bytes, type: "text/plain; charset=utf-8", downloadAs: receipt.fileName,
            meantFor: .everyone)
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
            <p><a href="\(value.leaf.link)/receipt">下载日志回执</a> · <a href="/log/check">核对回执</a></p>
            <h2>条目的内容</h2>
            <p class="quiet">参与哈希的正是下面这些字节（RFC 8785）。其中只有编号、代码和日期。</p>
            <pre class="log-text">\(value.entry)</pre>
            <h2>最先覆盖它的签名文本</h2>
            <pre class="log-text">\(value.note)</pre>
            """)
    }

    private var facts: [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = [
            ("事实", "\(value.leaf.actName) <span class=\"code\">\(value.leaf.act)</span>"),
            ("对象", value.leaf.thing),
            ("最先签名", "\(clockTime(value.signedAt))，覆盖前 \(value.size) 条"),
            ("叶哈希", "<span class=\"code\">\(value.hash)</span>"),
        ]
        if let record = value.record.value {
            facts.append(("所说内容的加盐哈希", "<span class=\"code\">\(record)</span>"))
        }
        if let previous = value.previous.value {
            facts.append(("同一对象的上一条", "<a href=\"/log/leaves/\(previous)\">第 \(previous) 条</a>"))
        }
        return facts
    }
}
