import CivilTime
import Foundation
import LedgerTesting
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `Closing a day` {
    @Test(arguments: Backend.available)
    func `enters what fell due on it once; a second run enters none`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let met = try await county.formed("I-FG-003", on: "2026-03-02")
            try await county.publish("I-FG-003", on: "2026-03-30")
            #expect(try await county.close("2026-03-30", on: "2026-03-31") == 1)
            #expect(try await county.overdueEntries(id) == ["2026-03-31"])
            #expect(try await county.overdueEntries(met) == [])
            let before = try await county.contents()
            #expect(try await county.close("2026-03-30", on: "2026-03-31") == 0)
            #expect(try await county.contents() == before)
            #expect(try await county.close("2026-03-31", on: "2026-04-01") == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `is refused while it is not over`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            await #expect(throws: LedgerProblem.self) {
                try await county.close("2026-03-30", on: "2026-03-30")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `after a downtime enters what a punctual run would have, though it was published since`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            try await county.close("2026-03-20", on: "2026-03-21")
            try await county.publish(on: "2026-04-02")
            let open = try await county.openDays(before: "2026-04-10")
            #expect(open.first == "2026-03-21")
            #expect(open.last == "2026-04-09")
            for day in open { try await county.close(day, on: "2026-04-10") }
            #expect(try await county.overdueEntries(id) == ["2026-03-31"])
            #expect(try await county.state(id, on: "2026-04-10") == .metLate)
            #expect(try await county.openDays(before: "2026-04-10") == [])
        }
    }

    @Test(arguments: Backend.available)
    func `begins where the ledger or the oldest due day begins, and in portions`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            #expect(try await county.openDays(before: "2026-04-10") == [])
            _ = try await county.formed(on: "2026-03-02")
            let some = try await county.openDays(before: "2026-04-10", limit: 3)
            #expect(some == ["2026-03-30", "2026-03-31", "2026-04-01"])
        }
    }

    @Test(arguments: Backend.available)
    func `also enters what was recorded, observed or reopened after its own day was closed`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let observed = try await county.formed(by: "fg-housing", on: "2026-03-02")
            let reopened = try await county.formed(on: "2026-03-02")
            let published = try await county.publish(on: "2026-03-10")
            #expect(try await county.close("2026-03-30", on: "2026-04-01") == 0)
            let late = try await county.formed("I-FG-003", on: "2026-03-02", recorded: "2026-04-01")
            try await county.cover(from: "2026-03-01", to: "2026-03-31", on: "2026-04-01")
            try await county.withdraw(published.publication.id, on: "2026-04-01")
            // What was observed was entered by the declaration itself.
            #expect(try await county.close("2026-03-31", on: "2026-04-01") == 2)
            for id in [observed, reopened, late] {
                #expect(try await county.overdueEntries(id) == ["2026-04-01"])
            }
        }
    }

    @Test(arguments: Backend.available)
    func `loses nothing when the run dies between two days or inside one`(_ backend: Backend) async throws {
        struct PowerCut: Error {}
        try await withCounty(backend) { county in
            let first = try await county.formed(on: "2026-03-02")
            let second = try await county.formed("I-FG-003", on: "2026-03-05")
            try await county.close("2026-03-30", on: "2026-04-10")
            await #expect(throws: PowerCut.self) {
                try await county.act(on: "2026-04-10") { transaction, _, occasion in
                    _ = try CloseDay(day: "2026-04-02").perform(in: transaction, occasion)
                    throw PowerCut()
                }
            }
            #expect(try await county.overdueEntries(second) == [])
            for day in try await county.openDays(before: "2026-04-10") {
                try await county.close(day, on: "2026-04-10")
            }
            for id in [first, second] {
                #expect(try await county.overdueEntries(id).count == 1)
            }
            #expect(try await county.acts().count { $0 == "obligation.overdue" } == 2)
            #expect(try await county.acts().count { $0 == "day.closed" } == 11)
        }
    }
}

/// By hand, from 2026-12-15 on: 12 working days to the end of 2026; then 4–8, 11, 12 and 13 January 2027.
@Suite struct `A due day across an unannounced year` {
    @Test(arguments: Backend.available)
    func `is provisional, and computed and judged again when the year is loaded, met or not`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let late = try await county.formed(on: "2026-12-15")
            let onTime = try await county.formed("I-FG-003", on: "2026-12-15")
            let open = try await county.formed("I-FG-004", on: "2026-12-15")
            let earlier = try await county.formed("I-FG-005", on: "2026-03-02")
            #expect(try await county.obligation(open).due == "2027-01-13")
            #expect(try await county.obligation(open).provisional)
            #expect(try await county.obligation(earlier).provisional == false)
            try await county.publish("I-FG-003", on: "2027-01-13")
            try await county.publish("I-FG-001", on: "2027-01-14")
            #expect(try await county.state(late, on: "2027-01-14") == .metLate)
            let journal = try await county.acts().count

            try await county.load(Calendars.long2027, on: "2027-01-15")
            #expect(try await county.recompute(on: "2027-01-15") == [3, 3])
            #expect(try await county.recompute(on: "2027-01-15") == nil)
            #expect(try await county.obligation(open).due == "2027-01-14")
            #expect(try await county.obligation(open).provisional == false)
            #expect(try await county.state(late, on: "2027-01-15") == .metOnTime)
            #expect(try await county.state(onTime, on: "2027-01-15") == .metOnTime)
            #expect(try await county.computations(late).count == 2)
            #expect(try await county.computations(earlier).count == 1)

            try await county.load(Calendars.short2027, on: "2027-01-16")
            while try await county.recompute(on: "2027-01-16") != nil {}
            #expect(try await county.obligation(open).due == "2027-01-12")
            #expect(try await county.state(late, on: "2027-01-16") == .metLate)
            #expect(try await county.state(onTime, on: "2027-01-16") == .metLate)

            let told = try await county.journal().filter {
                $0.subject == open && $0.act == "obligation.due_computed"
            }
            #expect(told.map { $0.change["due"] } == ["2027-01-13", "2027-01-14", "2027-01-12"])
            #expect(
                told.map { $0.change["calendar"] } == [
                    "2004-2026", "2004-2026+2027-long", "2004-2026+2027-long+2027-short",
                ])
            #expect(
                try await county.acts(from: journal).filter { $0.hasPrefix("calendar.") } == [
                    "calendar.loaded", "calendar.applied", "calendar.loaded", "calendar.applied",
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `is computed again by whoever runs next when the first run dies half way`(_ backend: Backend)
        async throws
    {
        struct PowerCut: Error {}
        try await withCounty(backend) { county in
            var ids: [String] = []
            for number in 1...5 {
                ids.append(try await county.formed(on: "2026-12-15", evidence: "第\(number)份"))
            }
            try await county.load(Calendars.long2027, on: "2026-12-16")
            #expect(try await county.recompute(2, on: "2026-12-16") == [2, 2])
            await #expect(throws: PowerCut.self) {
                try await county.act(on: "2026-12-16") { transaction, law, occasion in
                    _ = try ResumeRecomputation(limit: 2).perform(in: transaction, law: law, occasion)
                    throw PowerCut()
                }
            }
            // What comes in between is counted by the new calendar at once.
            let new = try await county.formed(on: "2026-12-15", evidence: "新的一份", recorded: "2026-12-17")
            #expect(try await county.obligation(new).due == "2027-01-14")
            // Another process, another day, other pages.
            var changed = 0
            while let page = try await county.recompute(3, on: "2026-12-18") { changed += page[1] }
            #expect(changed == 3)
            for id in ids {
                #expect(try await county.obligation(id).due == "2027-01-14")
                #expect(try await county.computations(id).count == 2)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `moves for the one jurisdiction whose own rest day it is`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let ours = try await county.formed(on: "2026-03-02")
            let theirs = try await county.formed(by: "fg-housing", on: "2026-03-02")
            try await county.load(Calendars.localMarch, in: "SX", on: "2026-03-03")
            #expect(try await county.recompute(on: "2026-03-03") == [1, 1])
            #expect(try await county.obligation(ours).due == "2026-03-31")
            #expect(try await county.obligation(theirs).due == "2026-03-30")
            #expect(try await county.recompute(on: "2026-03-03") == nil)
            let later = try await county.formed("I-FG-003", on: "2026-03-02", recorded: "2026-03-04")
            #expect(try await county.obligation(later).due == "2026-03-31")
        }
    }

    @Test(arguments: Backend.available)
    func `stands when a file that contradicts the years known already is refused`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            try await county.load(Calendars.short2027, on: "2026-12-01")
            // Names 26 December 2026 once more, as a day of the year 2026 itself.
            let contradicting = Calendars.localMarch.replacingOccurrences(
                of: #""三月节", "off": ["2026-03-16"]"#, with: #""补休", "off": ["2026-12-26"]"#)
            let before = try await county.contents()
            await #expect(throws: (any Error).self) { try await county.load(contradicting, on: "2026-12-02") }
            #expect(try await county.contents() == before)
            // Every later act still reads the calendar.
            _ = try await county.formed(on: "2026-12-03")
        }
    }
}
