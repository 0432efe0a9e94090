extension LogAudit {
    /// The first difference.
    package struct Difference: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable {
            case journalMissing = "journal-missing"
            case journalAltered = "journal-altered"
            case journalUnlogged = "journal-unlogged"
            case recordMissing = "record-missing"
            case recordAltered = "record-altered"
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

extension LogAudit.Difference.Kind {
    /// What does not fit, in a few words (不符的种类).
    package var title: String {
        switch self {
        case .journalMissing: "条目所依据的留痕不见了"
        case .journalAltered: "留痕与条目不符"
        case .journalUnlogged: "有留痕没有写入日志"
        case .recordMissing: "记录不见了，又没有依法删除的条目"
        case .recordAltered: "记录的内容与日志里的哈希不符"
        case .ledgerAltered: "台账与日志不符"
        case .ledgerUnlogged: "台账里有日志没有的事实"
        case .keyAltered: "日志密钥与条目不符"
        case .order: "条目的次序不符"
        case .rowUnreadable: "有的数据读不出来"
        case .totalsAltered: "统计与逐项相加的结果不符"
        case .tile: "哈希块与条目不符"
        case .root: "签名的根哈希与条目不符"
        case .signature: "签名无效"
        case .signedBeyond: "签名覆盖的条目不见了"
        }
    }
}
