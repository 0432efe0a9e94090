import MerkleLog
import Transparency
import Web

/// A log that stood here before and has ended, as its list and its data say it.
struct EndedLogRow: Encodable, Sendable {
    let origin: String
    let epoch: String
    let endedAt: String
    /// Leaves that its last signed head covers; null where no head is known, like the root and the address.
    let size: OrNull<Int>
    let root: OrNull<String>
    /// Where its last signed head is.
    let head: OrNull<String>
    /// Why nothing was signed any more; null where heads were signed until the end.
    let signingRefused: OrNull<SigningRefusal>
    /// What was announced of it.
    let reason: OrNull<String>
    /// What the audit before its end found; null where it was not audited.
    let audit: OrNull<EndedLog.LastAudit>

    init(_ log: EndedLog) throws {
        let last = try log.head
        origin = log.origin
        epoch = log.epoch
        endedAt = log.endedAt
        size = OrNull(last?.size)
        root = OrNull(last?.root.base64)
        head = OrNull(last.map { _ in "/log/\(log.epoch)/last-head" })
        signingRefused = OrNull(log.refusal)
        reason = OrNull(text: log.reason)
        audit = OrNull(log.audit)
    }
}

/// Those that have ended, as a table; nothing where there are none.
struct EndedLogTable: Piece {
    let rows: [EndedLogRow]

    var html: HTML {
        guard !rows.isEmpty else { return "" }
        let columns: [Table.Column] = ["日志名称", "结束时间", "最后的签名", "为什么结束"]
        return """
            <h2 id="ended">已结束的日志</h2>
            <p>日志因恢复备份等原因结束以后，以新的纪元、新的名称重新开始；新日志的第一批条目记有旧日志最后的签名。旧日志的条目不再提供，\
            它的回执仍可用它的公钥核对；手里有它的签名文本的，与最后的签名比对。</p>
            \(Table(caption: "晚结束的在前", columns: columns, rows: rows.map { row in
                [
                    "<span class=\"code\">\(row.origin)</span>", clockTime(row.endedAt), Self.last(row),
                    Self.why(row),
                ]
            }))
            """
    }

    private static func last(_ row: EndedLogRow) -> HTML {
        guard let size = row.size.value else { return "没有留存" }
        return """
            <a href="/log/\(row.epoch)/last-head">覆盖前 \(size) 条</a>\
            <span class="under code">\(row.root.value)</span>
            """
    }

    private static func why(_ row: EndedLogRow) -> HTML {
        let refused = row.signingRefused.value.map {
            "<span class=\"under quiet\">\($0.detail)</span>" as HTML
        }
        return """
            \(row.reason.value ?? "没有说明")\(refused)<span class="under">\(audit(of: row))</span>
            """
    }

    private static func audit(of row: EndedLogRow) -> HTML {
        guard let audit = row.audit.value else { return "结束前没有核对" }
        guard let finding = audit.finding else { return "结束前核对：全部相符" }
        let leaf = audit.leaf.map { " <span>第 \($0) 条</span>" as HTML }
        return "<strong>结束前核对不符：<span>\(finding.title)</span>\(leaf)</strong>"
    }
}
