import Publishing
import Transparency

extension ReceiptCheck {
    /// What one proof proves, in plain words or as JSON.
    struct Answer: Encodable {
        let file: String
        var holds = false
        /// Why it does not hold; null when it does.
        var flaw: String?
        var leaf: Int?
        var size: Int?
        var entry: String?
        /// What the entry says, read back.
        var said: LeafEntry?
        /// UTC, by the name of each key whose time counts.
        var times: [String: String] = [:]
        /// Whether the words of a record file are those that were logged; null without such a file.
        var record: Bool?
        /// By which the content of the edition was erased, where that is among what was checked; null says nothing.
        var erasure: Erasure?

        private enum CodingKeys: CodingKey {
            case file, holds, flaw, leaf, size, entry, times, record, erasure
        }
    }

    /// An edition, by its publication and number.
    struct EditionName: Equatable {
        let publication: String
        let number: String
    }

    /// That the content of an edition was erased (依法删除), as its leaf says.
    struct Erasure: Encodable {
        let edition: EditionName
        let leaf: Int
        /// UTC.
        let at: String
        /// The code of an `ErasureGround`.
        let ground: String
        let clause: String

        private enum CodingKeys: CodingKey { case leaf, at, ground, clause }

        /// - Returns: nil for a proof of anything else, and for one that does not hold.
        init?(_ answer: Answer) {
            guard answer.holds, let said = answer.said, said.act == "edition.erased", let leaf = answer.leaf,
                let edition = answer.edition
            else { return nil }
            self.edition = edition
            self.leaf = leaf
            at = said.at
            ground = said.change["ground"] ?? ""
            clause = said.change["clause"] ?? ""
        }

        var line: String {
            let title = ErasureGround(rawValue: ground)?.title ?? ground
            return "  这一版的内容已于 \(at)（UTC）依法删除：依据 \(title)（\(clause)），见日志第 \(leaf) 条。"
        }
    }
}

extension ReceiptCheck.Answer {
    /// The edition that the entry is about; nil where it is about anything else.
    var edition: ReceiptCheck.EditionName? {
        guard let said, said.kind == "publication", let number = said.change["n"] else { return nil }
        return .init(publication: said.subject, number: number)
    }

    /// What holds, and what does not follow from it.
    var lines: [String] {
        guard holds else { return ["✗ \(file)：不成立。\(flaw ?? "")"] }
        var lines = ["✓ \(file)：成立\(erasure == nil ? "" : "，内容已依法删除")。"]
        lines.append("  这条公开事实在日志中居第 \(leaf ?? 0) 条，包含在对前 \(size ?? 0) 条的签名里：")
        lines.append("  \(entry ?? "")")
        if let erasure { lines.append(erasure.line) }
        for (name, time) in times.sorted(by: { $0.key < $1.key }) {
            lines.append("  最迟于 \(time)（UTC）已存在：由 \(name) 证明。")
        }
        if times.isEmpty { lines.append("  没有给出时间密钥（--witness），不能证明何时存在。") }
        lines.append(record == nil ? "  没有记录文件，未核对内容。" : "  记录文件的内容正是当时写入日志的内容。")
        lines.append("  它不证明：所述内容属实，或者日志没有对别人出示另一套历史（后者由见证人和镜像证明）。")
        if erasure == nil { lines.append(later) }
        return lines
    }

    /// What may have come since, and where to look.
    private var later: String {
        switch said?.kind {
        case "publication":
            "  它不排除此后撤回或者依法删除：请在出具回执的网站查看 /publications/\(said?.subject ?? "") 和 /log。"
        case "obligation": "  它不排除此后另有变动：请在出具回执的网站查看 /obligations/\(said?.subject ?? "") 和 /log。"
        default: "  它不排除此后另有变动：请在出具回执的网站查看 /log。"
        }
    }
}
