import CivilTime
import Counting
import LedgerTesting
import Obligations
import Storage
import StorageTesting
import Testing

extension County {
    fileprivate var runner: FollowerRunner {
        var pace = FollowerRunner.Pace()
        pace.batchMax = 7
        return FollowerRunner(
            CountFollower(), source: database, target: database, pace: pace, now: { 0 }, report: { _ in })
    }
}

extension County {
    /// Whether the tally answers.
    fileprivate func isTold(_ filter: ObligationFilter) async throws -> Bool {
        try await read { try $0.tallies.counts(filter, past: false) != nil }
    }
}

/// What two ways of counting say.
private struct Counts: Equatable {
    let byState: [ObligationState: Int]
    let rates: [String]
    let unverified: Int
}

extension Transaction {
    /// Row by row.
    fileprivate func counted(_ filter: ObligationFilter, past: Bool, rates: Bool) throws -> Counts {
        var every = filter.with(state: .overdue)
        every.includesUnverified = true
        var verified = every
        verified.includesUnverified = false
        let then = ledger(on: filter.day)
        let timeliness = rates ? try ledger.timeliness(body: filter.body) : []
        return Counts(
            byState: try past ? then.countsByState(filter) : obligations.countsByState(filter),
            rates: timeliness.map { "\($0.basis) \($0.verdict) \($0.count)" }.sorted(),
            unverified: try past
                ? then.count(every) - then.count(verified)
                : obligations.count(every) - obligations.count(verified))
    }

    /// From the tally; nil where it cannot tell.
    fileprivate func tallied(_ filter: ObligationFilter, past: Bool, rates: Bool) throws -> Counts? {
        try tallies.counts(filter, past: past).map { counts in
            let timeliness = rates ? counts.timeliness ?? [] : []
            return Counts(
                byState: counts.byState,
                rates: timeliness.map { "\($0.basis) \($0.verdict) \($0.count)" }.sorted(),
                unverified: counts.overdueUnverified)
        }
    }
}

extension Transaction {
    /// A list of a past day, three rows a page, with the due days that the tally would look at or with all.
    fileprivate func pages(_ filter: ObligationFilter, byTally: Bool) throws -> [String] {
        let then = ledger(on: filter.day)
        var found: [Obligation] = []
        while true {
            let cursor = found.last.map { ObligationCursor(after: $0) }
            let page =
                try byTally
                ? then.list(filter, after: cursor, limit: 3) {
                    try tallies.stretch(from: $0, on: filter.day, over: $1)
                } : then.list(filter, after: cursor, limit: 3)
            found += page
            if page.count < 3 { return found.map(\.id) }
        }
    }
}

@Suite struct `The tally` {
    /// Filters that it answers, with whether it does so for past days.
    private func filters(_ day: Day, _ county: County) throws -> [(filter: ObligationFilter, past: Bool)] {
        let all = ObligationFilter(day: day, soon: try county.soon(day))
        let change = { (change: (inout ObligationFilter) -> Void) in
            var copy = all
            change(&copy)
            return copy
        }
        return [
            (all, true), (change { $0.includesUnverified = true }, true),
            (change { $0.body = "sx-housing" }, false),
            (change { $0.item = "I-FG-001" }, false), (change { $0.jurisdiction = "SX" }, true),
            (change { $0.field = "政府采购" }, true),
            (change { ($0.jurisdiction, $0.field) = ("FG", "政府采购") }, true),
            (change { $0.body = "nobody" }, false),
            (change { $0.dueFrom = day }, false), (change { $0.dueTo = day.adding(days: 3) }, false),
            (change { ($0.dueFrom, $0.dueTo) = (day.adding(days: -5), day.adding(days: 9)) }, false),
        ]
    }

    private func compare(_ county: County, on days: [Day], today: Day) async throws {
        for day in days {
            for (filter, hasPast) in try filters(day, county) where day == today || hasPast {
                let (rows, tally) = try await county.read { transaction in
                    // Rates are those of the bodies that the filter names, and of now.
                    let rates =
                        day == today && filter.item == nil && filter.field == nil
                        && filter.jurisdiction == nil && filter.dueFrom == nil && filter.dueTo == nil
                    return (
                        try transaction.counted(filter, past: day != today, rates: rates),
                        try transaction.tallied(filter, past: day != today, rates: rates)
                    )
                }
                #expect(tally == rows, "\(day) \(filter)")
            }
        }
    }

    @Test(arguments: Backend.available, [5, 6] as [UInt64])
    func `counts what rows count, today and on any day before, followed up or not`(
        _ backend: Backend, seed: UInt64
    ) async throws {
        try await withCounty(backend) { county in
            let runner = county.runner
            var story = RandomStory(seed: seed)
            var days: [Day] = []
            for offset in 0..<24 {
                let day = Day(2026, 3, 16)?.adding(days: offset) ?? Day(ordinal: 0)
                days.append(day)
                try await story.live(day, in: county)
                // On most days the follower is behind, and the reader makes up for it.
                if offset % 4 == 0 { try await runner.catchUp() }
                if offset > 0 { try await compare(county, on: [day], today: day) }
            }
            let today = days[days.count - 1]
            try await compare(county, on: days, today: today)
            try await runner.catchUp()
            try await compare(county, on: days, today: today)
            // Midnight alone changes nothing in it.
            try await compare(county, on: [today.adding(days: 30)], today: today.adding(days: 30))
        }
    }

    /// Three ways: from the tally, by one pass over the rows, and by listing each day with each state.
    @Test(arguments: Backend.available)
    func `counts by due day what rows and lists count`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            var story = RandomStory(seed: 9)
            var today: Day = "2026-03-16"
            for offset in 0..<16 {
                today = ("2026-03-16" as Day).adding(days: offset)
                try await story.live(today, in: county)
                if offset == 10 { try await county.runner.catchUp() }
            }
            let days = today.adding(days: -20)...today.adding(days: 25)
            var seen = 0
            for (filter, _) in try filters(today, county) {
                let (tally, rows) = try await county.read { transaction in
                    var within = filter
                    (within.dueFrom, within.dueTo) = (days.lowerBound, days.upperBound)
                    return (
                        try transaction.tallies.countsByDue(filter, days: days),
                        try transaction.obligations.countsByDue(within)
                    )
                }
                let counts = try #require(tally)
                #expect(counts.count == rows.count)
                for row in rows {
                    let counted = try #require(counts[row.due])
                    #expect(counted.byState == row.byState, "\(row.due) \(filter)")
                    if !filter.includesUnverified {
                        #expect(counted.overdueUnverified == row.overdueUnverified, "\(row.due)")
                    }
                    for state in [ObligationState.overdue, .dueSoon, .owed, .unobserved, .encouraged] {
                        var one = filter.with(state: state)
                        (one.dueFrom, one.dueTo) = (row.due, row.due)
                        let listed = try await county.listed(one)
                        #expect(counted.byState[state] == listed.count, "\(row.due) \(state)")
                        seen += listed.count
                    }
                }
            }
            #expect(seen > 20)
        }
    }

    /// Against the list of each body, whose states are derived one by one.
    @Test(arguments: Backend.available)
    func `knows of each body what was due in a month`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            var story = RandomStory(seed: 10)
            for offset in 0..<18 {
                try await story.live(("2026-03-16" as Day).adding(days: offset), in: county)
                if offset == 12 { try await county.runner.catchUp() }
            }
            let today: Day = "2026-04-20"
            let filter = ObligationFilter(day: today, soon: try county.soon(today))
            let places = try await county.read { try $0.obligations.jurisdictions() }
            var seen = 0
            for place in places {
                var there = filter
                there.jurisdiction = place
                let listed = try await county.listed(there).filter {
                    $0.firm && !$0.standing && $0.due != nil
                }
                let (found, months) = try await county.read { transaction in
                    let found = try transaction.tallies.bodiesOwing(in: place, after: "", limit: 100)
                    return (
                        found,
                        try transaction.tallies.months(
                            of: found ?? [], in: place, "0000-01"..."9999-12", filter)
                    )
                }
                let byBody = Dictionary(grouping: listed, by: \.body)
                #expect(found?.filter { byBody[$0] != nil } == byBody.keys.sorted(), "\(place)")
                for (body, owed) in byBody {
                    for (month, due) in Dictionary(
                        grouping: owed, by: { "\($0.due?.description.prefix(7) ?? "")" })
                    {
                        let counts = try #require(months?[body]?[month], "\(body) \(month)")
                        let expected = due.reduce(into: [ObligationState: Int]()) { counts, one in
                            let state = one.state(on: today, soon: filter.soon)
                            if state != .overdue || one.verified { counts[state, default: 0] += 1 }
                        }
                        #expect(counts.byState.filter { $0.value > 0 } == expected, "\(body) \(month)")
                        seen += due.count
                    }
                }
            }
            #expect(seen > 20)
        }
    }

    @Test(arguments: Backend.available)
    func `turns from body to body`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for body in ["sx-housing", "sx-education", "sx-health", "sx-land"] {
                _ = try await county.formed("I-FG-001", by: body, on: "2026-03-16")
            }
            let page = { (after: String, limit: Int) in
                try await county.read {
                    try $0.tallies.bodiesOwing(in: "SX", after: after, limit: limit)
                }
            }
            #expect(try await page("", 10) == nil)
            try await county.runner.catchUp()
            #expect(try await page("", 2) == ["sx-education", "sx-health"])
            #expect(try await page("sx-health", 2) == ["sx-housing", "sx-land"])
            #expect(try await page("sx-land", 2) == [])
            #expect(try await page("sx-h", 1) == ["sx-health"])
            _ = try await county.formed("I-FG-001", by: "sx-finance", on: "2026-03-17")
            #expect(try await page("", 2) == ["sx-education", "sx-finance"])
        }
    }

    @Test(arguments: Backend.available)
    func `passes over due days of a past list that have nothing to show, and over no other`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let runner = county.runner
            var story = RandomStory(seed: 7)
            let days = (0..<20).compactMap { Day(2026, 3, 16)?.adding(days: $0) }
            for (number, day) in days.enumerated() {
                try await story.live(day, in: county)
                if number % 5 == 0 { try await runner.catchUp() }
                guard number % 4 == 3 else { continue }
                for past in days.prefix(number) {
                    let all = ObligationFilter(day: past, soon: try county.soon(past))
                    for state in [nil, .overdue, .owed, .metOnTime] as [ObligationState?] {
                        let (passing, every) = try await county.read { transaction in
                            (
                                try transaction.pages(all.with(state: state), byTally: true),
                                try transaction.pages(all.with(state: state), byTally: false)
                            )
                        }
                        #expect(passing == every, "\(past) seen on \(day)")
                    }
                }
            }
            try await runner.catchUp()
            // Before anything was known no due day has anything to show.
            let before = try await county.read { transaction in
                try [false, true].map {
                    try transaction.tallies.stretch(from: "", on: "2025-01-01", over: $0)
                }
            }
            #expect(before == [nil, nil])
        }
    }

    @Test(arguments: Backend.available)
    func `is the same when it is made anew`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let runner = county.runner
            var story = RandomStory(seed: 8)
            for offset in 0..<12 {
                try await story.live(Day(2026, 3, 16)?.adding(days: offset) ?? Day(ordinal: 0), in: county)
                try await runner.catchUp()
            }
            let names = ["counted_obligation", "tally", "tally_day", "due_life"]
            let followed = try await county.contents().filter { names.contains($0.key) }
            try await county.database.write { try CountFollower().reset(in: $0) }
            let rows = try await county.read { try $0.journal(after: 0, limit: 10_000) }
            try await county.database.write { transaction in
                let follower = CountFollower()
                try follower.apply(try follower.gather(rows, in: transaction), in: transaction)
            }
            let anew = try await county.contents().filter { names.contains($0.key) }
            #expect(anew == followed)
            #expect(followed["tally"]?.isEmpty == false && followed["tally_day"]?.isEmpty == false)
        }
    }

    @Test(arguments: Backend.available)
    func `says nothing before it was begun, when it is far behind, or of what it does not keep`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let day: Day = "2026-03-16"
            var filter = ObligationFilter(day: day, soon: try county.soon(day))
            #expect(try await !county.isTold(filter))
            try await county.runner.catchUp()
            #expect(try await county.isTold(filter))
            (filter.dueFrom, filter.body) = (day, "sx-housing")
            #expect(try await !county.isTold(filter))
            (filter.dueFrom, filter.body) = (nil, nil)
            let entry = JournalEntry(
                at: "2026-03-16T02:00:00Z", actor: "clerk", act: "day.closed", subjectKind: "day",
                subject: "d")
            try await county.database.write { for _ in 0..<501 { $0.journal(entry) } }
            #expect(try await !county.isTold(filter))
        }
    }
}
