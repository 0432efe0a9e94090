import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting
import Testing

/// What stores hold of their tables during a transaction is what stands in the tables.
@Suite struct `Many acts in one transaction` {
    private typealias Act = @Sendable (Transaction, LawBook, Occasion) throws -> Void

    /// Notice, publication, opening, result and its amendment, a contract voided, a decision, a correction and a
    /// withdrawal, in a project of two lots; then a second fact of what was voided.
    private func story(_ project: String) -> [Act] {
        let record: @Sendable (String, Day, String, String) -> Act = { kind, day, lot, key in
            { transaction, law, occasion in
                var event = RecordEvent(kind: kind, body: "sx-finance", day: day, basis: .system)
                (event.project, event.lot, event.naturalKey) = (project, lot, key)
                _ = try event.perform(in: transaction, law: law, occasion)
            }
        }
        let publish: @Sendable (String, String) -> Act = { item, title in
            { transaction, law, occasion in
                var publish = Publish(body: "sx-finance", record: EditionRecord(title: title, text: title))
                (publish.item, publish.project) = (item, project)
                _ = try publish.perform(in: transaction, law: law, occasion)
            }
        }
        let named:
            @Sendable (String, @escaping @Sendable (Event, Transaction, LawBook, Occasion) throws -> Void) ->
                Act = {
                    key, act in
                    { transaction, law, occasion in
                        let event = try #require(try transaction.events.event(naturalKey: key))
                        try act(event, transaction, law, occasion)
                    }
                }
        return [
            record("procurement.documents_issued", "2026-03-02", "", "notice"),
            publish("I-FG-018", "采购公告"),
            record("procurement.bid_opening", "2026-03-03", "1", "opening-1"),
            record("procurement.result_fixed", "2026-03-04", "1", "result-1"),
            record("procurement.result_fixed", "2026-03-05", "2", "result-2"),
            publish("I-FG-021", "中标结果"),
            named("result-2") { event, transaction, law, occasion in
                _ = try AmendEvent(
                    event: event.id, day: "2026-03-06", basis: .system, evidence: "", reason: "登记错误"
                ).perform(in: transaction, law: law, occasion)
            },
            record("procurement.contract_signed", "2026-03-09", "1", "contract-1"),
            named("contract-1") { event, transaction, law, occasion in
                try VoidEvent(event: event.id, reason: "合同未签").perform(in: transaction, law: law, occasion)
            },
            { transaction, law, occasion in
                let owed = try transaction.obligations.obligations(project: project)
                let contract = try #require(
                    owed.first { $0.eventKind == "procurement.contract_signed" && $0.lot == "2" })
                _ = try MarkNotApplicable(obligation: contract.id, reason: "本标段不签合同")
                    .perform(in: transaction, occasion)
            },
            { transaction, law, occasion in
                let first = try #require(
                    try transaction.publications.publications(project: project, audience: .everyone).first)
                _ = try WithdrawPublication(publication: first.id, reason: "内容有误")
                    .perform(in: transaction, law: law, occasion)
            },
            record("procurement.contract_signed", "2026-03-09", "1", "contract-1"),
        ]
    }

    @Test(arguments: Backend.available)
    func `leave behind what each leaves in its own`(_ backend: Backend) async throws {
        var contents: [[String: [String]]] = []
        for together in [false, true] {
            try await withCounty(backend) { county in
                let project = try await county.project()
                let acts = story(project)
                let groups = together ? [acts] : acts.map { [$0] }
                for group in groups {
                    try await county.act(on: "2026-03-10") { transaction, law, occasion in
                        for act in group { try act(transaction, law, occasion) }
                    }
                }
                contents.append(try await county.contents())
            }
        }
        #expect(contents[0].keys.sorted() == contents[1].keys.sorted())
        for (table, rows) in contents[0] { #expect(rows == contents[1][table], "\(table)") }
        #expect((contents[0]["obligation"]?.count ?? 0) > 5 && (contents[0]["discharge"]?.count ?? 0) > 0)
    }
}
