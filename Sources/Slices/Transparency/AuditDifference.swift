extension LogAudit {
    /// The first difference.
    package struct Difference: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable {
            case journalMissing = "journal-missing"
            case journalAltered = "journal-altered"
            case journalUnlogged = "journal-unlogged"
            case recordMissing = "record-missing"
            case recordAltered = "record-altered"
            case entryAltered = "entry-altered"
            case ledgerAltered = "ledger-altered"
            case ledgerUnlogged = "ledger-unlogged"
            case keyAltered = "key-altered"
            case order
            case rowUnreadable = "row-unreadable"
            case totalsAltered = "totals-altered"
            case tile
            case root
            case signature
            case signedBeyond = "signed-beyond"
        }

        package let kind: Kind
        /// The leaf, where it is about one.
        package let leaf: Int?
        package let act: String
        package let subject: String
        /// Chinese, one sentence.
        package let detail: String
    }
}

extension LogAudit.Difference {
    /// The totals of a jurisdiction that are not those of its rows; of the whole where it is empty.
    package init(ofTotals jurisdiction: String) {
        self.init(
            kind: .totalsAltered, leaf: nil, act: "", subject: jurisdiction,
            detail:
                "统计\(jurisdiction.isEmpty ? "" : "（\(jurisdiction)）")与公开义务逐项相加的结果不符：请删去表 follower 里的 tally 一行，"
                + "服务启动后重新统计。")
    }
}
