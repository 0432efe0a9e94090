import CivilTime
import Web

/// A project's track drawn along time: in each step when it happened, until when its papers were due, when they came.
///
/// Nothing is said by colour alone: what happened and what is only announced, what is running, late, missing or not
/// observed have marks of different form, and each step says its state in words. A reader who hears the page gets title
/// and description, and the list beside it.
struct TrackPicture: Piece {
    let drawing: TrackDrawing
    /// The days of all pictures that stand side by side, so that they can be compared.
    let scale: TimeScale
    let today: Day
    /// Of the track, for the reader who hears it.
    let title: String
    /// Tells the picture from others of the page.
    let id: String
    let language: Manner.Language

    /// In the units of the drawing. It is 300 wide, so that text is 13 px on the narrowest screen.
    enum Size {
        static let width = 300
        static let line = 8...292
        static let head = 30
        static let words = 18
        static let lane = 14
        static let gap = 8
        /// The name of a month; nearer to the edge there is no room for it.
        static let month = 26
        static let titleEms = 22.5
    }

    private struct Placed {
        let step: TrackDrawing.Step
        let title: [String]
        let said: String
        let top: Int

        var saidBelow: Bool { title.count > 1 || title[0].ems(isBold: true) + said.ems() + 1 > Size.titleEms }
        var lanesTop: Int { top + Size.words * (title.count + (saidBelow ? 1 : 0)) }
        var lanesBottom: Int { lanesTop + Size.lane * max(1, step.lanes.count) }
        var height: Int { lanesBottom - top + Size.gap }
    }

    var html: HTML {
        let placed = self.placed
        let height = (placed.last.map { $0.top + $0.height } ?? Size.head) + 2
        return """
            <svg class="track-picture" viewBox="0 0 \(Size.width) \(height)" role="img" \
            aria-labelledby="\(id)-title \(id)-desc">
            <title id="\(id)-title">\(title)</title>
            <desc id="\(id)-desc">\(described)</desc>
            \(months(height))\(now(placed))
            \(placed.map(draw))</svg>

            """
    }

    private var placed: [Placed] {
        var top = Size.head
        return drawing.steps.map { step in
            let placed = Placed(
                step: step, title: language.drawn(step.title).wrapped(Size.titleEms, isBold: true),
                said: language.drawn(step.said), top: top)
            top += placed.height
            return placed
        }
    }

    // MARK: What it says

    private var described: String {
        let steps = drawing.steps.map { step in
            let facts = [step.said] + step.moments.map(said) + step.lanes.map(said)
            return language.drawn(step.title) + language.drawn("：")
                + facts.map(language.drawn).joined(separator: language.drawn("，"))
        }
        return steps.joined(separator: language.drawn("；")) + language.drawn("。今天 \(today)。")
    }

    private func said(_ moment: TrackDrawing.Moment) -> String {
        "\(moment.day) \(moment.happened ? "发生" : "为拟定或者公告的日期")"
    }

    private func said(_ lane: TrackDrawing.Lane) -> String {
        let due = lane.due.map { "最迟 \($0)\(lane.provisional ? "（暂定）" : "")" }
        let closed = lane.closed.map { "\(lane.fate == .decided ? "决定" : "公开")于 \($0)" }
        return [due, closed].compactMap(\.self).joined(separator: " ")
    }

    // MARK: Time

    private func months(_ height: Int) -> [HTML] {
        scale.ticks.map { tick in
            let x = scale.x(tick.day)
            return """
                <path class="track-tick" d="M\(x) 18V\(height)"/>\
                \(when: x + Size.month <= Size.width, "<text class=\"track-month\" x=\"\(x + 2)\" y=\"26\">\(tick.label)</text>")
                """
        }
    }

    /// Today, drawn past the lanes of each step: through the words between them it would strike them out.
    private func now(_ placed: [Placed]) -> HTML {
        let x = scale.x(today)
        let side = x > Size.width / 2 ? "end" : "start"
        let pieces = placed.map { "M\(x) \($0.lanesTop)V\($0.lanesBottom)" }.joined()
        return """
            <path class="track-today" d="M\(x) 4V\(Size.head - 4)\(pieces)"/>\
            <text class="track-now" x="\(x + (side == "end" ? -4 : 4))" y="12" text-anchor="\(side)">今天</text>
            """
    }

    // MARK: Steps

    private func draw(_ placed: Placed) -> HTML {
        let step = placed.step
        let saidAt = placed.saidBelow ? (x: Size.line.lowerBound, anchor: "start") : (x: 298, anchor: "end")
        let lanes = step.lanes.enumerated().map { draw($1, y: laneY(placed, $0)) }
        let base = laneY(placed, 0)
        return """
            <path class="track-edge" d="M2 \(placed.top - 3)H298"/>\
            \(placed.title.enumerated().map { index, line in
                "<text class=\"track-title\" x=\"\(Size.line.lowerBound)\" y=\"\(placed.top + 13 + index * Size.words)\">\(line)</text>" as HTML
            })\
            <text class="track-said track-said-\(step.state.rawValue)" x="\(saidAt.x)" \
            y="\(placed.top + 13 + (placed.saidBelow ? placed.title.count * Size.words - 2 : 0))" \
            text-anchor="\(saidAt.anchor)">\(placed.said)</text>\
            \(step.moments.map { draw($0, y: base) })\(lanes)\
            \(when: step.moments.isEmpty && step.lanes.isEmpty, "<circle class=\"track-open\" cx=\"288\" cy=\"\(base)\" r=\"4\"/>")\
            \(when: step.more > 0, "<text class=\"track-more\" x=\"298\" y=\"\(laneY(placed, TrackDrawing.lanesMax - 1) + 4)\" text-anchor=\"end\">另 \(step.more) 项</text>")

            """
    }

    private func laneY(_ placed: Placed, _ lane: Int) -> Int {
        placed.lanesTop + lane * Size.lane + Size.lane / 2
    }

    /// High enough to look out from under a sign of the same day.
    private func draw(_ moment: TrackDrawing.Moment, y: Int) -> HTML {
        let x = scale.x(moment.day)
        return """
            <path class="track-\(moment.happened ? "happened" : "announced")" d="M\(x) \(y - 7)l4 7l-4 7l-4-7z"/>
            """
    }

    // MARK: Duties

    private func draw(_ lane: TrackDrawing.Lane, y: Int) -> HTML {
        "\(window(lane, y))\(beyond(lane, y))\(dueMark(lane, y))\(mark(lane, y))"
    }

    /// From the event to the last day in time.
    private func window(_ lane: TrackDrawing.Lane, _ y: Int) -> HTML {
        guard let from = lane.from, let due = lane.due else { return "" }
        return line(lane.provisional ? "provisional" : "window", from, due, y)
    }

    /// What lies after the due day: the days that it was late, or that it is missing.
    private func beyond(_ lane: TrackDrawing.Lane, _ y: Int) -> HTML {
        guard let due = lane.due else { return "" }
        switch lane.fate {
        case .overdue: return line("missing", due, today, y)
        case .unobserved: return line("unseen", due, today, y)
        case .late: return lane.closed.map { line("late", due, $0, y) } ?? ""
        default: return ""
        }
    }

    private func line(_ kind: String, _ from: Day, _ to: Day, _ y: Int) -> HTML {
        guard from < to else { return "" }
        return "<path class=\"track-\(kind)\" d=\"M\(scale.x(from)) \(y)H\(scale.x(to))\"/>"
    }

    private func dueMark(_ lane: TrackDrawing.Lane, _ y: Int) -> HTML {
        guard let due = lane.due else { return "" }
        let kind = lane.fate == .awaited || lane.provisional ? "bound" : "due"
        return "<path class=\"track-\(kind)\" d=\"M\(scale.x(due)) \(y - 5)v10\"/>"
    }

    private func mark(_ lane: TrackDrawing.Lane, _ y: Int) -> HTML {
        switch lane.fate {
        case .met, .undetermined: sign(lane.closed, .done, y)
        case .late: sign(lane.closed, .late, y)
        case .overdue: sign(today, .missing, y)
        case .unobserved: sign(today, .unseen, y)
        case .decided: sign(lane.closed, .decided, y)
        case .running, .awaited: ""
        }
    }

    private func sign(_ day: Day?, _ sign: TrackSign, _ y: Int) -> HTML {
        day.map { sign.drawn(x: scale.x($0), y: y) } ?? ""
    }
}

/// The signs of the picture; each has a form of its own.
enum TrackSign: String, Sendable, CaseIterable {
    case done, late, missing, unseen, decided

    /// About 12 units wide, round a place.
    func drawn(x: Int, y: Int) -> HTML {
        let sign: HTML =
            switch self {
            case .done, .late: "<path class=\"track-stroke\" d=\"M\(x - 3) \(y)l2 3l4-6\"/>"
            case .missing: "<path class=\"track-stroke\" d=\"M\(x) \(y - 4)v5m0 2v1\"/>"
            case .unseen: "<text class=\"track-letter\" x=\"\(x)\" y=\"\(y + 4)\">?</text>"
            case .decided: "<path class=\"track-stroke\" d=\"M\(x - 4) \(y + 4)l8-8\"/>"
            }
        let frame: HTML =
            self == .late
            ? "<rect x=\"\(x - 6)\" y=\"\(y - 6)\" width=\"12\" height=\"12\"/>"
            : "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"6\"/>"
        return "<g class=\"track-sign track-sign-\(rawValue)\">\(frame)\(sign)</g>"
    }
}

/// What the marks mean that the pictures have; a mark that none has is not explained, so that nobody looks for it.
struct TrackKey: Piece {
    let drawings: [TrackDrawing]

    private struct Entry {
        let isUsed: Bool
        let sample: HTML
        let words: String
    }

    var html: HTML {
        """
        <ul class="key">\(entries.filter(\.isUsed).map { entry in
            "<li><svg viewBox=\"0 0 30 16\" aria-hidden=\"true\">\(entry.sample)</svg>\(entry.words)</li>" as HTML
        })</ul>
        """
    }

    private var steps: [TrackDrawing.Step] { drawings.flatMap(\.steps) }
    private var lanes: [TrackDrawing.Lane] { steps.flatMap(\.lanes) }

    private func has(_ fates: TrackDrawing.Fate...) -> Bool { lanes.contains { fates.contains($0.fate) } }

    private func has(moment happened: Bool) -> Bool {
        steps.contains { $0.moments.contains { $0.happened == happened } }
    }

    private var entries: [Entry] { moments + limits + outcomes }

    private var moments: [Entry] {
        [
            Entry(
                isUsed: has(moment: true),
                sample: "<path class=\"track-happened\" d=\"M15 1l4 7l-4 7l-4-7z\"/>",
                words: "发生"),
            Entry(
                isUsed: has(moment: false),
                sample: "<path class=\"track-announced\" d=\"M15 1l4 7l-4 7l-4-7z\"/>",
                words: "拟定，或者只见公告"),
            Entry(
                isUsed: steps.contains { $0.moments.isEmpty && $0.lanes.isEmpty },
                sample: "<circle class=\"track-open\" cx=\"15\" cy=\"8\" r=\"4\"/>", words: "没有日期"),
        ]
    }

    private var limits: [Entry] {
        [
            Entry(
                isUsed: lanes.contains { $0.due != nil && !$0.provisional && $0.fate != .awaited },
                sample:
                    "<path class=\"track-window\" d=\"M2 8H26\"/><path class=\"track-due\" d=\"M26 3v10\"/>",
                words: "公开期限，竖线是到期日"),
            Entry(
                isUsed: lanes.contains { $0.provisional || $0.fate == .awaited },
                sample:
                    "<path class=\"track-provisional\" d=\"M2 8H26\"/><path class=\"track-bound\" d=\"M26 3v10\"/>",
                words: "暂定的到期日，或者法定的最迟日"),
        ]
    }

    private var outcomes: [Entry] {
        [
            Entry(isUsed: has(.met, .undetermined), sample: TrackSign.done.drawn(x: 15, y: 8), words: "公开"),
            Entry(
                isUsed: has(.late),
                sample: "<path class=\"track-late\" d=\"M2 8H22\"/>" + TrackSign.late.drawn(x: 22, y: 8),
                words: "逾期公开"),
            Entry(
                isUsed: has(.overdue),
                sample: "<path class=\"track-missing\" d=\"M2 8H22\"/>"
                    + TrackSign.missing.drawn(x: 22, y: 8), words: "逾期未公开"),
            Entry(
                isUsed: has(.unobserved),
                sample: "<path class=\"track-unseen\" d=\"M2 8H22\"/>" + TrackSign.unseen.drawn(x: 22, y: 8),
                words: "未采集，或者规则待核实"),
            Entry(
                isUsed: has(.decided), sample: TrackSign.decided.drawn(x: 15, y: 8), words: "不予公开、不适用"),
        ]
    }
}
