import CivilTime
import Foundation
import LedgerTesting
import Law
import Projects
import StorageTesting
import Testing

@testable import Obligations

@Suite struct `What is asked about the recorded facts of a project` {
    /// A row of the table that lawyers can read: two facts of one project, and what is found.
    struct Row: Sendable, CustomTestStringConvertible {
        let cells: [String]
        var testDescription: String { cells.joined(separator: " ") }

        static func all() throws -> [Row] {
            let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "LawCases/recorded-spans.csv")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map {
                Row(cells: $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
            }
        }
    }

    private static func event(_ kind: String, _ day: Day, id: String, lot: String = "", edition: String = "")
        -> Event
    {
        Event(
            id: id, root: id, kind: kind, item: "", body: "sx-finance", jurisdiction: "SX", project: "p",
            lot: lot, period: "", day: day, time: "", basis: .system, evidence: "", evidenceEdition: edition,
            recordedAt: "", recordedBy: "", state: .current, reason: "")
    }

    private func questions(_ facts: [Event], field: String = "") throws -> [StepChecks.Question] {
        let project = Project(id: "p", jurisdiction: "SX", field: field, title: "示例项目")
        return StepChecks(
            law: try LawBook.builtIn(), project: project, facts: facts.sorted { $0.order < $1.order },
            lots: ["1", "2"]
        ).questions()
    }

    @Test func `agrees with the table worked by hand`() throws {
        let rows = try Row.all()
        #expect(rows.count == 18)
        for row in rows {
            let first = Self.event(row.cells[0], try #require(Day(row.cells[1])), id: "1")
            let then = Self.event(row.cells[2], try #require(Day(row.cells[3])), id: "2")
            let found = try questions([first, then])
            let told = found.map { [$0.rule, $0.weight.rawValue, $0.clause] }
            let expected = row.cells[4].isEmpty ? [] : [Array(row.cells[4...6])]
            #expect(told == expected, "\(row)")
            #expect(found.allSatisfy { $0.event.id == "2" && $0.other?.id == "1" }, "\(row)")
        }
    }

    @Test func `leaves two facts of imported notices to the check of the notice`() throws {
        let issued = Self.event("tender.documents_issued", "2026-03-02", id: "1", edition: "a/1")
        let deadline = Self.event("tender.bid_deadline", "2026-03-06", id: "2", edition: "a/1")
        let told = Self.event("tender.bid_deadline", "2026-03-06", id: "3")
        #expect(try questions([issued, deadline]).isEmpty)
        #expect(try questions([issued, told]).map(\.rule) == ["tender-bid-20d.short"])
    }

    /// The second round has its own documents: the first round's deadline lies before them and breaks nothing.
    @Test func `takes the step before for a round that is done again, and another lot for another`() throws {
        let rounds = [
            Self.event("tender.documents_issued", "2026-03-02", id: "1"),
            Self.event("tender.bid_deadline", "2026-03-23", id: "2"),
            Self.event("tender.documents_issued", "2026-06-01", id: "3"),
            Self.event("tender.bid_deadline", "2026-06-22", id: "4"),
        ]
        // Repeated steps are asked about, as they may be slips.
        #expect(try Set(questions(rounds).map(\.rule)) == ["step-repeated"])
        let lots = [
            Self.event("tender.documents_issued", "2026-03-02", id: "1", lot: "1"),
            Self.event("tender.bid_deadline", "2026-03-06", id: "2", lot: "2"),
        ]
        #expect(try questions(lots).isEmpty)
    }

    @Test func `names a step of another field, and one that is recorded many times`() throws {
        let contracts = (1...8).map {
            Self.event("tender.contract_signed", Day("2026-03-0\($0)") ?? .init(ordinal: 0), id: "\($0)")
        }
        let found = try questions(contracts, field: "政府采购")
        #expect(found.count { $0.rule == "step-of-another-field" } == 8)
        let repeated = found.filter { $0.rule == "step-repeated" }
        #expect(repeated.count == 1 && repeated[0].detail.contains("8次“签订合同”"))
        #expect(found.allSatisfy { $0.weight == .note })
        #expect(try questions([contracts[0]], field: "工程建设项目招标投标").isEmpty)
    }

    @Test func `names a lot that nobody registered`() throws {
        let told = ["1", "3"].map {
            Self.event("tender.documents_issued", "2026-03-02", id: $0, lot: $0)
        }
        let found = try questions(told)
        #expect(found.map(\.rule) == ["lot-unknown"] && found.first?.event.lot == "3")
        #expect(found.first?.detail.contains("登记的标段：1、2") == true)
    }

    @Test(arguments: Backend.available)
    func `is kept as a finding, and goes when the day is amended or the fact taken back`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("tender.documents_issued", on: "2026-03-02", project: project)
            let deadline = try await county.event(
                "tender.bid_deadline", on: "2026-03-06", project: project, recorded: "2026-03-02")
            func rules() async throws -> [String] {
                try await county.read {
                    try $0.findings.findings(project: project, kind: Finding.aboutEvent).map(\.rule).sorted()
                }
            }
            let field = ["step-of-another-field", "step-of-another-field"]
            #expect(try await rules() == field + ["tender-bid-20d.short"])
            let amended = try await county.amend(deadline.event.id, to: "2026-03-23", on: "2026-03-03")
            #expect(try await rules() == field)
            let short = try await county.amend(amended.id, to: "2026-03-06", on: "2026-03-03")
            #expect(try await rules() == field + ["tender-bid-20d.short"])
            try await county.void(short.id, on: "2026-03-04")
            #expect(try await rules() == ["step-of-another-field"])
        }
    }
}
