import CivilTime
import LedgerTesting
import StorageTesting
import Testing

@testable import Obligations

@Suite struct `How soon events are recorded` {
    private func recording(_ days: Int, _ basis: DayBasis = .document) -> Recording {
        let day: Day = "2026-03-02"
        let event = Event(
            id: "e", root: "e", kind: "item.formed", item: "", body: "b", jurisdiction: "SX", project: "",
            lot: "", period: "", day: day, time: "", basis: basis, evidence: "", evidenceEdition: "",
            recordedAt: "", recordedBy: "", state: .current, reason: "")
        return Recording(event: event, toldOn: day.adding(days: days))
    }

    /// Worked by hand: of n values in order, a quarter are the first n/4, rounded up.
    @Test(arguments: [
        ([5], [5, 5, 5, 5, 5]), ([9, 1], [1, 1, 1, 9, 9]), ([3, 1, 2], [1, 1, 2, 3, 3]),
        ([4, 2, 0, 8], [0, 0, 2, 4, 8]), ([7, 7, 0, 1, 30], [0, 1, 7, 7, 30]),
        ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 6, 8]),
    ])
    func `are counted off, not interpolated`(days: [Int], expected: [Int]) {
        let delay = RecordingDelay(days.map { recording($0) })
        #expect(delay.counted == days.count)
        let found = [delay.shortest, delay.quarter, delay.median, delay.threeQuarters, delay.longest]
        #expect(found == expected.map(Optional.some))
    }

    @Test func `leave out what is nobody's delay, and say how much`() {
        let delay = RecordingDelay([
            recording(400, .stated), recording(400, .stated), recording(3, .inferred),
            recording(-5, .document),
            recording(40, .periodic), recording(2, .system),
        ])
        #expect(delay.counted == 1 && delay.median == 2)
        #expect(delay.imported == 2 && delay.inferred == 1 && delay.ahead == 1)
        #expect(RecordingDelay([]).median == nil)
    }

    @Test(arguments: Backend.available)
    func `are read as they stood on a day, from when a fact was first told`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let late = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001", recorded: "2026-03-09")
            try await county.amend(late.event.id, to: "2026-03-04", on: "2026-03-20")
            let void = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-10", item: "I-FG-003")
            try await county.void(void.event.id, on: "2026-03-23")
            _ = try await county.formed("I-FG-083", by: "sx-education", on: "2026-03-10")
            let delays = { (day: Day) in
                try await county.read { transaction in
                    try transaction.ledger(on: day).recordings(body: "sx-housing", limit: 100)
                        .map { $0.event.day.days(until: $0.toldOn) }.sorted()
                }
            }
            #expect(try await delays("2026-03-08") == [])
            #expect(try await delays("2026-03-09") == [7])
            #expect(try await delays("2026-03-19") == [0, 7])
            // Amended to the fourth, and told on the ninth all the same.
            #expect(try await delays("2026-03-22") == [0, 5])
            #expect(try await delays("2026-03-23") == [5])
        }
    }
}
