import CivilTime

/// An event as it stood on a day, and when its fact was first told.
package struct Recording: Sendable, Hashable {
    package let event: Event
    /// The civil day in Asia/Shanghai.
    package let toldOn: Day

    package init(event: Event, toldOn: Day) {
        self.event = event
        self.toldOn = toldOn
    }
}

/// How many days after their day a body's events were recorded here (登记时滞).
///
/// Only events whose day stands in a dated paper or in our own act. What was read out of an imported notice was recorded
/// when it was imported, which is nobody's delay; of an inferred day only a bound is known; what lay ahead when it was
/// recorded was announced, not late.
package struct RecordingDelay: Sendable, Hashable, Encodable {
    /// The events counted: the denominator.
    package let counted: Int
    /// Whole days; nil when nothing was counted. A part of the events, rounded up to a whole event, was recorded within so
    /// many days: nothing is interpolated.
    package let shortest: Int?
    package let quarter: Int?
    package let median: Int?
    package let threeQuarters: Int?
    package let longest: Int?
    package let imported: Int
    package let inferred: Int
    package let ahead: Int

    package init(_ recordings: [Recording]) {
        var days: [Int] = []
        var (imported, inferred, ahead) = (0, 0, 0)
        for recording in recordings {
            let delay = recording.event.day.days(until: recording.toldOn)
            switch recording.event.basis {
            case .periodic: continue
            case .stated: imported += 1
            case .inferred: inferred += 1
            case .document, .system: if delay < 0 { ahead += 1 } else { days.append(delay) }
            }
        }
        days.sort()
        let within = { (quarters: Int) -> Int? in
            days.isEmpty ? nil : days[max(0, (days.count * quarters + 3) / 4 - 1)]
        }
        counted = days.count
        (shortest, quarter, median) = (days.first, within(1), within(2))
        (threeQuarters, longest) = (within(3), days.last)
        (self.imported, self.inferred, self.ahead) = (imported, inferred, ahead)
    }
}
