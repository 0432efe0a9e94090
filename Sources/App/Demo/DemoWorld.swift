import Catalogue
import CivilTime
import Law
import Obligations
import People
import Publishing
import Storage

/// The sample county and city (示例县、示例市) of the demonstration: every act is a real one, done on its own past day.
package struct DemoWorld: Sendable {
    private let today: Day

    /// - Parameter today: the day on which the demonstration is looked at; everything happens before it.
    package init(today: Day) {
        self.today = today
    }

    /// The invented jurisdictions; everything of theirs is marked 示例.
    package static let jurisdictions = ["SX", "SS"]

    /// Acts out some fourteen months up to yesterday, closing each day. Finds a world that is there and leaves it.
    ///
    /// One transaction: a demonstration is there as a whole or not at all. It is meant for the time before a server runs.
    ///
    /// - Returns: whether the world was built now.
    /// - Throws: `DemoProblem` where somebody keeps real records; nothing is written.
    @discardableResult
    package func build(in database: any Database, law: LawShelf) async throws -> Bool {
        let scripts = try Self.jurisdictions.map(DemoScript.builtIn)
        let today = today
        return try await database.write { transaction in
            if try Self.isThere(in: transaction) { return false }
            if try Self.isInUse(transaction) { throw DemoProblem.folderInUse }
            let book = try law.book(in: transaction)
            let days = DemoDays(today: today, calendar: book.calendar)
            for jurisdiction in Self.jurisdictions {
                guard let bodies = try BodyFile.builtIn(jurisdiction) else { continue }
                try LoadBodies(bodies).perform(in: transaction, .night(before: days.start))
            }
            let plan = try scripts.flatMap { try DemoPlan(script: $0, days: days).scenes() }
            try Rehearsal(transaction: transaction, law: book, days: days).play(plan)
            return true
        }
    }
}

extension DemoWorld {
    /// Whether the invented jurisdictions keep their ledgers here: then every page has to say so.
    package static func isThere(in transaction: Transaction) throws -> Bool {
        try transaction.ledger.ledgers().contains { jurisdictions.contains($0.jurisdiction) }
    }

    /// Whether somebody keeps real records here. What is invented can never be taken out of them again.
    private static func isInUse(_ transaction: Transaction) throws -> Bool {
        let ledgers = try transaction.ledger.ledgers()
        let events = try transaction.events.latest(limit: 1)
        return try !ledgers.isEmpty || !events.isEmpty
            || transaction.publications.count(audience: .everyone) > 0
    }
}

/// Why no demonstration is made.
package enum DemoProblem: Refusal {
    case folderInUse

    package var kind: RefusalKind { .conflict }
    package var code: String { "demo-folder-in-use" }
    package var detail: String {
        "数据文件夹里已有真实的台账或者公开信息，示例数据写入后不能再分开；请用 --data 另给一个文件夹。"
    }
}

/// Lives through the days in their order.
private struct Rehearsal {
    let transaction: Transaction
    let law: LawBook
    let days: DemoDays

    func play(_ scenes: [DemoScene]) throws {
        let byDay = Dictionary(grouping: scenes, by: \.day)
        if let early = scenes.first(where: { $0.day < days.start || $0.day >= days.today }) {
            throw DemoScriptError("\(early.step): \(early.day) is outside \(days.start) … \(days.today)")
        }
        var stages: [String: DemoStage] = [:]
        for jurisdiction in DemoWorld.jurisdictions {
            let own = scenes.filter { $0.jurisdiction == jurisdiction }
            stages[jurisdiction] = DemoStage(
                transaction: transaction, law: law, notices: try DemoNotice.notices(of: own, law: law))
            try StartLedger(jurisdiction: jurisdiction, from: days.start)
                .perform(in: transaction, law: law, .night(before: days.start))
        }
        for ordinal in days.start.ordinal..<days.today.ordinal {
            let day = Day(ordinal: ordinal)
            if day > days.start { try begin(day) }
            for (index, scene) in (byDay[day] ?? []).enumerated() {
                try stages[scene.jurisdiction]?.perform(scene, at: 9 * 60 + 30 + index * 6)
            }
        }
        try begin(days.today)
    }

    /// What a running server does after midnight. Periods end only with a month.
    private func begin(_ day: Day) throws {
        if day.dayOfMonth == 1 || day == days.today {
            _ = try OpenPeriods(before: day).perform(in: transaction, law: law, .night(before: day))
        }
        _ = try CloseDay(day: day.adding(days: -1)).perform(in: transaction, .night(before: day))
    }
}

extension Occasion {
    /// One minute past midnight in Asia/Shanghai, by the machine.
    static func night(before day: Day) -> Occasion {
        Occasion(actor: Occasion.itself, now: "\(day.adding(days: -1))T16:01:00Z", today: day)
    }

    /// A clerk at work.
    ///
    /// - Parameter minute: minutes after midnight in Asia/Shanghai, 480...1439.
    static func work(_ actor: String, on day: Day, minute: Int) -> Occasion {
        let utc = minute - 8 * 60
        return Occasion(actor: actor, now: "\(day)T\(padded(utc / 60)):\(padded(utc % 60)):00Z", today: day)
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
