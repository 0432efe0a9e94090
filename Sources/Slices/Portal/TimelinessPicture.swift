import CivilTime
import Web

/// How timely bodies were, a body a row and a month a column (按时情况图): a column full as far as what came was in time,
/// with the number that is still missing under it.
///
/// Shares are drawn and no counts, so that a large body can be compared with a small one; the table beside it has the
/// numbers. What is still missing is in no share, since it has no basis of time.
struct TimelinessPicture: Piece {
    struct Row: Sendable {
        /// Empty where the page is about one body.
        let name: String
        let counts: [Timely]
    }

    /// `2026-01` to `2026-12`.
    let months: [String]
    /// Without those that have nothing in these months.
    private let rows: [Row]
    private let leftOut: Int
    let language: Manner.Language

    /// More would be higher than a screen.
    private static let rowsMax = 8

    /// - Parameter rows: the eight with the most that is late or missing are drawn, in the order given; among equals
    ///   those with the most due.
    init(months: [String], rows: [Row], language: Manner.Language) {
        let known = rows.filter { $0.counts.contains { !$0.isEmpty } }
        let most = known.enumerated().sorted { $0.element.weight > $1.element.weight }.prefix(Self.rowsMax)
        self.months = months
        self.rows = most.sorted { $0.offset < $1.offset }.map(\.element)
        leftOut = known.count - self.rows.count
        self.language = language
    }

    /// In the units of the drawing; it is 300 wide, so that text is 13 px on the narrowest screen.
    private enum Size {
        static let width = 300
        static let column = 25
        static let year = 11
        static let month = 24
        static let head = 32
        static let line = 17
        static let bar = 15
        static let share = 16
        /// What is there is seen, however little it is.
        static let least = 3
        static let missing = 16
        static let gap = 5
        static let nameEms = 22.5
    }

    /// Nothing where nothing can be drawn.
    var html: HTML {
        if rows.isEmpty { return "" }
        let placed = self.placed
        let height = placed.last.map { $0.bottom + Size.gap } ?? 0
        return """
            <figure class="timely">
            <svg class="timely-picture" viewBox="0 0 \(Size.width) \(height)" role="img" \
            aria-labelledby="timely-title timely-desc">
            <title id="timely-title">按时情况图：逐月</title>
            <desc id="timely-desc">\(described)</desc>
            \(months.enumerated().map(head))
            \(placed.map(draw))</svg>
            \(key)
            \(when: leftOut > 0, "<p class=\"quiet\">按逾期的多少、再按到期的多少，画出前 \(rows.count) 个机关，另有 \(leftOut) 个见表。</p>")
            </figure>

            """
    }

    /// Without its year: twelve months have twelve names.
    static func title(_ month: String) -> String { "\(Int(month.suffix(2)) ?? 0)月" }

    /// The year stands over each January, and over the first month where no January stands beside it.
    private func head(_ index: Int, _ month: String) -> HTML {
        let word = { (y: Int, word: String) -> HTML in
            "<text class=\"timely-month\" x=\"\(middle(index))\" y=\"\(y)\">\(word)</text>"
        }
        let isJanuary = { (month: String) in month.hasSuffix("-01") }
        let bearsYear =
            isJanuary(month) || index == 0 && !months.dropFirst().prefix(1).contains(where: isJanuary)
        return
            "\(when: bearsYear, word(Size.year, String(month.prefix(4))))\(word(Size.month, Self.title(month)))"
    }

    // MARK: What it says

    private var described: String {
        let rows = rows.map { row in
            let months = zip(months, row.counts).filter { !$1.isEmpty }.map { month, timely in
                language.drawn(Self.title(month)) + language.drawn("：")
                    + timely.said.map(language.drawn).joined(separator: language.drawn("，"))
            }
            return (row.name.isEmpty ? "" : row.name + language.drawn("："))
                + months.joined(separator: language.drawn("；"))
        }
        return rows.joined(separator: language.drawn("；"))
    }

    // MARK: Rows

    private struct Placed {
        let row: Row
        let name: [String]
        let top: Int

        var shareTop: Int { top + Size.line * name.count }
        var shareBottom: Int { shareTop + Size.share }
        var bottom: Int { shareBottom + Size.missing }
    }

    private var placed: [Placed] {
        var top = Size.head
        return rows.map { row in
            let placed = Placed(
                row: row, name: row.name.isEmpty ? [] : row.name.wrapped(Size.nameEms), top: top)
            top = placed.bottom + Size.gap
            return placed
        }
    }

    private func middle(_ column: Int) -> Int { column * Size.column + Size.column / 2 }

    private func draw(_ placed: Placed) -> HTML {
        let name = placed.name.enumerated().map { index, line -> HTML in
            "<text class=\"timely-name\" x=\"4\" y=\"\(placed.top + 13 + index * Size.line)\">\(line)</text>"
        }
        let columns = placed.row.counts.enumerated().map { index, timely -> HTML in
            "\(share(timely, x: middle(index), placed))\(missing(timely, x: middle(index), placed))"
        }
        return "\(name)<path class=\"timely-base\" d=\"M4 \(placed.shareBottom)H296\"/>\(columns)\n"
    }

    private func share(_ timely: Timely, x: Int, _ placed: Placed) -> HTML {
        guard timely.judged > 0 else { return "" }
        return TimelyMark.share(x: x, from: placed.shareTop, to: placed.shareBottom, late: lateHeight(timely))
    }

    private func lateHeight(_ timely: Timely) -> Int {
        if timely.late == 0 { return 0 }
        if timely.onTime == 0 { return Size.share }
        let height = (Size.share * timely.late + timely.judged / 2) / timely.judged
        return min(max(Size.least, height), Size.share - Size.least)
    }

    private func missing(_ timely: Timely, x: Int, _ placed: Placed) -> HTML {
        guard timely.overdue > 0 else { return "" }
        return """
            \(TimelyMark.missing(x: x, y: placed.shareBottom + 3))\
            <text class="timely-missing-number" x="\(x)" y="\(placed.shareBottom + 15)">!\(timely.overdue)</text>
            """
    }

    // MARK: Key

    private var key: HTML {
        let all = rows.flatMap(\.counts)
        let entries: [(isUsed: Bool, sample: HTML, words: String)] = [
            (
                all.contains { $0.onTime > 0 }, TimelyMark.share(x: 15, from: 1, to: 15, late: 0),
                "实心：按时公开的份额"
            ),
            (
                all.contains { $0.late > 0 }, TimelyMark.share(x: 15, from: 1, to: 15, late: 14),
                "横纹：逾期公开的份额"
            ),
            (all.contains { $0.overdue > 0 }, TimelyMark.missing(x: 15, y: 8), "! 仍逾期未公开的项数，不在份额里"),
        ]
        return """
            <ul class="key">\(entries.filter(\.isUsed).map { entry in
                "<li><svg viewBox=\"0 0 30 16\" aria-hidden=\"true\">\(entry.sample)</svg>\(entry.words)</li>" as HTML
            })</ul>
            """
    }
}

/// The marks of the picture; each has a form of its own.
private enum TimelyMark {
    private static let half = 7

    /// A column that is full as far as it was in time; what was late is striped and stands on top.
    static func share(x: Int, from top: Int, to bottom: Int, late: Int) -> HTML {
        let edge = top + late
        let column = { (from: Int, to: Int) in "M\(x - half) \(to)V\(from)H\(x + half)V\(to)z" }
        return """
            \(when: edge < bottom, "<path class=\"timely-on-time\" d=\"\(column(edge, bottom))\"/>")\
            \(when: late > 0, """
                <path class="timely-late" d="M\(x) \(edge)V\(top)"/><path class="timely-late-edge" d="\(column(top, edge))"/>
                """)
            """
    }

    static func missing(x: Int, y: Int) -> HTML {
        "<path class=\"timely-missing\" d=\"M\(x - half) \(y)H\(x + half)\"/>"
    }
}

extension TimelinessPicture.Row {
    fileprivate var weight: (wanting: Int, due: Int) {
        (
            counts.map { $0.late + $0.overdue }.reduce(0, +),
            counts.map { $0.judged + $0.overdue }.reduce(0, +)
        )
    }
}

extension Timely {
    /// In words, what there is of it.
    fileprivate var said: [String] {
        (judged > 0 ? ["按时 \(onTime)/\(judged)"] : []) + (overdue > 0 ? ["仍逾期未公开 \(overdue)"] : [])
    }
}
