import CivilTime

/// The steps of a procedure from the first to the last. A step that is missing stands as plainly as one that
/// was done: it has its own place, sign and words.
package struct Timeline: Piece {
    package struct Step: Sendable {
        package enum State: String, Sendable, CaseIterable {
            case done, late, missing, awaited, withheld, note

            var said: String {
                switch self {
                case .done: "已公开"
                case .late: "迟公开"
                case .missing: "缺失"
                case .awaited: "未到"
                case .withheld: "不予公开"
                case .note: ""
                }
            }
        }

        let title: HTML
        let state: State
        let when: HTML
        let said: String
        let detail: HTML

        /// - Parameters:
        ///   - when: a day, or a few words where there is none.
        ///   - said: the state in words; the usual ones unless given.
        package init(_ title: HTML, _ state: State, when: HTML = "", said: String? = nil, detail: HTML = "") {
            self.title = title
            self.state = state
            self.when = when
            self.said = said ?? state.said
            self.detail = detail
        }
    }

    let label: String
    let steps: [Step]

    package init(label: String, steps: [Step]) {
        self.label = label
        self.steps = steps
    }

    package var html: HTML {
        "<ol class=\"timeline\" aria-label=\"\(label)\">\n\(steps.map(item))</ol>"
    }

    private func item(_ step: Step) -> HTML {
        """
        <li class="step step-\(step.state.rawValue)">
        <div class="step-head"><span class="step-title">\(step.title)</span>\
        \(when: !step.said.isEmpty, " <span class=\"step-state\">\(step.said)</span>")\
        \(when: !step.when.isEmpty, " <span class=\"step-when\">\(step.when)</span>")</div>
        \(when: !step.detail.isEmpty, "<div class=\"step-detail\">\(step.detail)</div>")
        </li>

        """
    }
}

/// The days of a period one by one, from the event to the day by which something is due.
package struct DayStrip: Piece {
    package struct Cell: Sendable {
        package enum Kind: String, Sendable, CaseIterable {
            /// The day of the event; counting starts on the next.
            case start
            case counted
            /// Skipped: a weekend or holiday.
            case skipped
            /// A weekend day that is worked in exchange for a holiday (调休).
            case worked
            case due
        }

        let day: Day
        let kind: Kind
        let note: String

        /// - Parameters:
        ///   - note: a word or two: `第3日`, `周六`, `春节`.
        package init(_ day: Day, _ kind: Kind, note: String) {
            self.day = day
            self.kind = kind
            self.note = note
        }
    }

    let label: String
    let cells: [Cell]

    package init(label: String, cells: [Cell]) {
        self.label = label
        self.cells = cells
    }

    package var html: HTML {
        "<ol class=\"days\" aria-label=\"\(label)\">\(cells.map(item))</ol>"
    }

    private static let weekdays = ["一", "二", "三", "四", "五", "六", "日"]

    private func item(_ cell: Cell) -> HTML {
        """
        <li class="day day-\(cell.kind.rawValue)"><time datetime="\(cell.day)">\
        <span class="day-date">\(cell.day.month)月\(cell.day.dayOfMonth)日</span>\
        <span class="day-week">周\(DayStrip.weekdays[cell.day.weekday - 1])</span></time>\
        <span class="day-note">\(cell.note)</span></li>
        """
    }
}
