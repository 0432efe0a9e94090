import ChineseText
import Storage

/// Why two notices are probably one and the same, shown by two sources or twice by one.
///
/// They are linked and never merged: each keeps its own record, editions and discharges, and a reader judges.
package enum TwinRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same project number and the same title.
    case codeAndTitle = "code-title"
    /// The same title, buyer and claimed day of publication.
    case titleBuyerAndDay = "title-buyer-day"

    /// Chinese, for the page.
    package var reason: String {
        switch self {
        case .codeAndTitle: "项目编号和标题相同"
        case .titleBuyerAndDay: "标题、采购人（招标人）和公开日相同"
        }
    }
}

/// What equal notices have in common by one rule, as a hash.
struct NoticeFingerprint: Sendable, Hashable {
    let rule: TwinRule
    let sha256: String

    /// Numbers and names are compared as they are folded: width, brackets, blanks and case do not count.
    init(_ rule: TwinRule, _ parts: [String]) {
        self.rule = rule
        let text = ([rule.rawValue] + parts.map(CodeFolding.fold)).joined(separator: "\u{1F}")
        sha256 = ContentHash.sha256(Array(text.utf8))
    }
}

/// The fingerprints of a notice.
struct NoticeTwins {
    let notice: ParsedNotice

    private static let codesMax = 5
    /// A shorter title (通知, 招标公告) is nobody's own.
    private static let titleScalarsMin = 8

    var fingerprints: [NoticeFingerprint] {
        let codes = Set(notice.keys.filter { $0.kind.gathering != nil }.map(\.folded)).sorted()
        var found = codes.prefix(Self.codesMax).map { NoticeFingerprint(.codeAndTitle, [$0, notice.title]) }
        if let buyer = notice.buyer?.value, let day = notice.published.day,
            notice.title.unicodeScalars.count >= Self.titleScalarsMin
        {
            found.append(NoticeFingerprint(.titleBuyerAndDay, [notice.title, buyer, "\(day)"]))
        }
        return found
    }
}
