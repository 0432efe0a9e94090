import Catalogue
import CivilTime
import Obligations
import Publishing
import Transparency
import Web

/// `GET /publications/:id/editions/:n/receipt` and `/record`, `/obligations/:id/receipts`: the proofs of one thing.
///
/// A receipt is by the first head that a witness cosigned, where one did; with `by=logged` by the first that covers the leaf.
///
/// Open to anyone. That of an edition whose content was erased holds the proof of the erasure too. Of a publication for fewer than everybody neither exists; the words of an edition can be had while
/// the publication stands and nothing was erased. The proof files of an obligation are listed, at most 200 of them.
struct ReceiptPages {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let obligation: String
        /// What is owed, by whom.
        let about: ObligationRow
        let items: [Row]
    }

    struct Row: Encodable, Sendable {
        let leaf: LeafRow
        /// When the first head that covers it was signed; null while there is none.
        let signedAt: OrNull<String>
        /// When the first witness cosigned a head that covers it; null while none did.
        let witnessedAt: OrNull<String>
        /// Where the proof file is; null while no signed head covers the leaf.
        let receipt: OrNull<String>
    }

    func add(to routes: Routes) {
        routes.get("publications/:id/editions/:n/receipt", taking: ["by"]) { request in
            let ground = try request.ground()
            return .receipt(
                try await edition(request) { leaf, _, reading in
                    try ReceiptFile(of: leaf, by: ground, in: reading.transaction)
                })
        }
        routes.get("publications/:id/editions/:n/record") { request in
            let (name, file) = try await edition(request) { leaf, publication, reading in
                guard publication.state == .released else { throw LogProblem.noRecord(publication.id) }
                return (leaf.fileName, try RecordFile(of: leaf, in: reading.transaction))
            }
            return .bytes(
                file.bytes, type: "application/json; charset=utf-8", downloadAs: name + ".json",
                meantFor: .everyone)
        }
        routes.get("obligations/:id/receipts") { request in
            let id = request.parameter("id")
            guard let found = try await room.read({ try value(id, $0) }) else {
                throw LedgerProblem.obligationNotFound(id)
            }
            return Answer(ReceiptList(value: found).page, data: found, meantFor: .everyone)
        }
    }

    /// What stands in the log of an edition that everybody may see.
    private func edition<Found: Sendable>(
        _ request: WebRequest, _ body: @escaping @Sendable (LogLeaf, Publication, Reading) throws -> Found
    ) async throws -> Found {
        let id = request.parameter("id")
        let number = Int(request.parameter("n")) ?? 0
        return try await room.read { reading in
            guard let publication = try reading.transaction.publications.publication(id),
                publication.audience == .everyone
            else { throw PublishingProblem.notFound(id) }
            guard (1...publication.editions).contains(number) else {
                throw PublishingProblem.noEdition(id, number: number)
            }
            guard let leaf = try reading.transaction.log.release(of: id, edition: number) else {
                throw LogProblem.nothingLogged(id)
            }
            return try body(leaf, publication, reading)
        }
    }

    private func value(_ id: String, _ reading: Reading) throws -> Value? {
        guard let obligation = try reading.transaction.obligations.obligation(id) else { return nil }
        var names = reading.names()
        try names.learn([obligation])
        let log = reading.transaction.log
        let leaves = try log.leaves(of: id, kind: "obligation")
        let rows = try zip(leaves, reading.rows(leaves)).map { leaf, row in
            let head = try log.firstCheckpoint(covering: leaf.index)
            let link: Link = "/log/leaves/\(leaf.index)/receipt"
            return Row(
                leaf: row, signedAt: OrNull(head?.signedAt),
                witnessedAt: OrNull(try log.firstCosigned(covering: leaf.index)?.witnessedAt.description),
                receipt: OrNull(head.map { _ in link.address }))
        }
        return Value(
            obligation: id,
            about: ObligationRow(obligation, names: names, on: reading.day, soon: reading.soon), items: rows)
    }
}

/// The proof files of an obligation as a page.
struct ReceiptList: Sendable {
    let value: ReceiptPages.Value

    private var about: ObligationRow { value.about }

    var page: Page {
        Page(
            title: "日志回执：\(about.itemTitle)",
            lead:
                "<p>\(bodyLink(about.body, about.bodyName))\(when: !about.apart.isEmpty, "，<span>\(about.apart)</span>")</p><p>关于这项公开义务的每一条日志各有一份回执，用<a href=\"/log/check\">核对页</a>或者 <code>sundial verify</code> 核对。</p>",
            crumbs: [
                .init("首页", "/"), .init("公开义务", "/obligations"),
                .init(about.itemTitle, about.link),
            ],
            """
            \(Table(caption: "从早到晚，最多二百条", columns: ["条目", "事实", "时间", "最先签名", "外部见证", "回执"], rows: value.items.map { row in
                [
                    row.signedAt.value == nil ? "\(row.leaf.index)" : "<a href=\"\(row.leaf.link)\">第 \(row.leaf.index) 条</a>",
                    "\(row.leaf.actName)", clockTime(row.leaf.at),
                    row.signedAt.value.map(clockTime) ?? "尚未签名",
                    row.witnessedAt.value.map(clockTime) ?? "—",
                    row.receipt.value == nil ? "—" : "<a href=\"/log/leaves/\(row.leaf.index)/receipt\">下载</a>",
                ]
            }, empty: "日志里还没有关于这项义务的条目。"))
            """)
    }
}
