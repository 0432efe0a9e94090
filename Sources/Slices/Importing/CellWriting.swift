import CivilTime
import Markup

/// How the cells of a column are written, where that is not as a notice prints it.
enum CellWriting: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00 UTC, shown as civil time.
    case epochSeconds
    /// A bare number in this unit of money.
    case unit(String)
    /// A JSON number that stands for its digits: an identifier.
    case digits
    /// Markup, which is read as a web page is.
    case html
    /// Headings and emphasis are marked with signs, and comments stand between the lines.
    case markdown

    /// As a form file names it.
    init?(_ name: String) {
        switch name {
        case "epochSeconds": self = .epochSeconds
        case "digits": self = .digits
        case "html": self = .html
        case "markdown": self = .markdown
        case "元", "万元", "亿元": self = .unit(name)
        default: return nil
        }
    }

    /// As a notice would print it. What is not written so stays as it is.
    func printed(_ cell: String) -> String {
        switch self {
        case .epochSeconds: Self.moment(cell) ?? cell
        case .digits: cell
        case .html: Self.page(cell)?.text ?? ""
        case .markdown: Self.plain(cell)
        case .unit(let unit): Self.isNumber(cell) ? cell + unit : cell
        }
    }

    /// Markup beyond the limits is no text.
    private static func page(_ markup: String) -> HTMLDocument? {
        do throws(HTMLProblem) {
            return try HTMLDocument(Array(markup.utf8))
        } catch {
            return nil
        }
    }

    /// The same with its marks; nil where a cell has none.
    func marked(_ cell: String) -> WrittenText? {
        switch self {
        case .markdown: WrittenText(text: Self.lines(of: cell) { $0 }, form: .marked)
        case .html: Self.page(cell).flatMap { WrittenText($0.words) }
        case .epochSeconds, .digits, .unit: nil
        }
    }

    /// Without the signs of headings at the start of a line, `**` and lines that are a comment.
    private static func plain(_ markdown: String) -> String {
        lines(of: markdown) { line in
            MarkedText.headingLevel(line[...]).map { String(line.dropFirst($0 + 1)) } ?? line
        }
    }

    private static func lines(of markdown: String, _ read: (String) -> String) -> String {
        markdown.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
            let text = String(line).trimmed
            if text.hasPrefix("<!--"), text.hasSuffix("-->") { return nil }
            return read(text).replacing("**", with: "")
        }.joined(separator: "\n")
    }

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first.isASCIIDigit && last.isASCIIDigit
            && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }

    /// `2025-02-26 16:15`: the minute in which the second lies, in Asia/Shanghai.
    private static func moment(_ text: String) -> String? {
        guard text.utf8.count <= 11, let seconds = Int(text), seconds >= 0 else { return nil }
        let local = seconds + 8 * 3600
        let day = Day(ordinal: Self.epoch + local / 86_400)
        let minute = local % 86_400 / 60
        return "\(day) \(LocalTime.two(minute / 60)):\(LocalTime.two(minute % 60))"
    }

    private static let epoch: Int = {
        guard let day = Day(1970, 1, 1) else { preconditionFailure("1970 has a first day") }
        return day.ordinal
    }()
}
