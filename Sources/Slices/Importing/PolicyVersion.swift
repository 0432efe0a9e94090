import ChineseText
import CivilTime

/// One version of a law, regulation or policy text (政策文件版本), joined with its other versions by its title.
package struct PolicyVersion: Sendable, Hashable {
    /// The title as versions are compared.
    package let title: String
    /// The day that the source gives the version: of its adoption, issue or amendment. nil when it gives none.
    package let day: Day?
    /// The day from which the text says that it applies; nil when it names none, or more than one.
    package let effective: Day?
    /// The words that name the day; empty when there are none.
    package let quote: String

    package init(title: String, day: Day?, effective: Day?, quote: String) {
        self.title = title
        self.day = day
        self.effective = effective
        self.quote = quote
    }

    /// Whether the text says that it applied before this version of it was made: it keeps the first version's day.
    package var keepsFirstDay: Bool {
        guard let day, let effective else { return false }
        return effective < day
    }
}

/// What a policy text says of itself.
///
/// - Law: 立法法 (2015) art. 57: a law names the day from which it applies. An amended text often keeps the day of the first
///   version; so the day is shown as the text's, and never taken for that of the version.
struct PolicyReading {
    private static let opening: [UInt8] = Array("自".utf8)
    private static let endings: [[UInt8]] = ["起施行", "起正式施行", "起实施", "起执行", "起生效"].map { Array($0.utf8) }
    private static let quoteReach = 60

    let title: String
    let text: String
    /// As the source prints the version's day.
    let printedDay: String?

    var version: PolicyVersion {
        let found = days()
        let days = Set(found.map(\.day))
        let only = days.count == 1 ? found.first : nil
        return PolicyVersion(
            title: Self.folded(title),
            day: printedDay.flatMap { PrintedMoment(whole: NoticeText.fold($0))?.day }, effective: only?.day,
            quote: only?.quote ?? "")
    }

    /// Every 自…起施行 with a day.
    private func days() -> [(day: Day, quote: String)] {
        let folded = NoticeText(text)
        let bytes = folded.bytes
        var found: [(day: Day, quote: String)] = []
        var at = 0
        while at + Self.opening.count < bytes.count, found.count < 20 {
            defer { at += 1 }
            guard bytes[at...].starts(with: Self.opening),
                let moment = PrintedMoment(bytes, at: at + Self.opening.count)
            else { continue }
            let rest = bytes[moment.end...].drop { $0 == 0x0A || $0 == 0x20 }
            guard let ending = Self.endings.first(where: { rest.starts(with: $0) }) else { continue }
            found.append((moment.day, folded.printed(start(bytes, at)..<rest.startIndex + ending.count)))
        }
        return found
    }

    /// From the start of the line, but not from far.
    private func start(_ bytes: [UInt8], _ at: Int) -> Int {
        var start = at
        while start > 0, bytes[start - 1] != 0x0A, at - start < Self.quoteReach { start -= 1 }
        while start < at, bytes[start] & 0xC0 == 0x80 { start += 1 }
        return start
    }

    /// Without the note of an amendment behind it: （2017年修正）.
    private static func folded(_ title: String) -> String {
        let folded = CodeFolding.fold(title)
        guard folded.hasSuffix("]"), let open = folded.lastIndex(of: "["), open > folded.startIndex else {
            return folded
        }
        let note = folded[open...]
        return ["年", "修正", "修订"].contains { note.contains($0) } ? String(folded[..<open]) : folded
    }
}
