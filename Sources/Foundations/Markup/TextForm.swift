/// How a text is written. Where nothing says it, every sign stands for itself, and two lines or more with bars
/// are a table.
package enum TextForm: String, Sendable, Hashable, Codable, CaseIterable {
    /// A line that begins with one to six `#` and a blank is a heading of that level. An address between `<`
    /// and `>`, with a blank before it, belongs to the words before it, as RFC 3986 appendix C writes it.
    /// Every other sign stands for itself.
    case marked
    /// Besides these marks, a line with bars is a row of a table, and `----` parts two tables that follow each
    /// other. In a row `←` is where the cell to the left goes on, `〃` where the one above does, `# ` begins a
    /// head cell and `↵` a line within a cell. `〔划去：…〕` was struck out at its source. After `\` a sign of
    /// these stands for itself.
    case structured
}

/// The signs of the structured form.
enum TextMark {
    static let left: Unicode.Scalar = "←"
    static let above: Unicode.Scalar = "〃"
    static let lineBreak: Unicode.Scalar = "↵"
    static let betweenTables = "----"
    static let struckStart = "〔划去："
    static let struckEnd: Unicode.Scalar = "〕"
    static let escape: Unicode.Scalar = "\\"
    static let escaped: Set<Unicode.Scalar> = [
        escape, "#", "<", "|", "-", "〔", struckEnd, left, above, lineBreak,
    ]
}
