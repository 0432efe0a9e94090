import Foundation
import CivilTime
import LedgerTesting
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `The journal of the ledger` {
    /// `act subject-kind key=value …`, identifiers left out.
    private func told(_ county: County, from first: Int) async throws -> [String] {
        try await county.journal(from: first).map { entry in
            let change = entry.change.sorted { $0.key < $1.key }
                .map { "\($0.key)=\($0.value.count == 20 && Int($0.value) != nil ? "ID" : $0.value)" }
            return ([entry.act, entry.subjectKind] + change).joined(separator: " ")
        }
    }

    @Test(arguments: Backend.available)
    func `tells what each act did, in its order`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            var seen = 0
            func expect(_ lines: [String], _ location: SourceLocation = #_sourceLocation) async throws {
                let new = try await told(county, from: seen)
                #expect(new == lines, sourceLocation: location)
                seen += new.count
            }
            func computed(_ n: Int, _ due: String) -> String {
                "obligation.due_computed obligation calendar=2004-2026 due=\(due) law=2026.1 n=\(n) rule=active-20wd"
            }
            let recorded = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001")
            let id = recorded.obligations[0]
            try await expect([
                "event.recorded event basis=system body=sx-housing day=2026-03-02 kind=item.formed",
                "obligation.created obligation body=sx-housing channel=portal item=I-FG-001 root=ID",
                computed(1, "2026-03-30"),
            ])
            let amended = try await county.amend(recorded.event.id, to: "2026-03-05", on: "2026-03-06")
            try await expect([
                "event.amended event basis=system day=2026-03-05 root=ID supersedes=ID",
                computed(2, "2026-04-02"),
            ])
            let decision = try await county.withhold(id, on: "2026-03-07")
            try await county.revoke(decision.id, on: "2026-03-08")
            try await expect([
                "decision.made decision ground=商业秘密 kind=withheld obligation=ID review=2027-03-07",
                "obligation.closed obligation day=2026-03-07 from= to=withheld",
                "decision.revoked decision obligation=ID",
                "obligation.reopened obligation day= from=withheld to=",
            ])
            let published = try await county.publish(on: "2026-03-09")
            try await county.withdraw(published.publication.id, on: "2026-03-10")
            try await expect([
                "edition.released publication audience=everyone kind=first n=1",
                "obligation.discharged obligation basis=attested edition=1 publication=ID verdict=on_time",
                "obligation.closed obligation day=2026-03-09 from= to=on_time",
                "edition.withdrawn publication audience=everyone kind=withdrawal n=2",
                "obligation.reopened obligation day= from=on_time to=",
            ])
            try await county.close("2026-04-02", on: "2026-04-03")
            try await expect(["obligation.overdue obligation due=2026-04-02", "day.closed day entries=1"])
            try await county.void(amended.id, on: "2026-04-04")
            try await expect(["event.voided event root=ID", "obligation.voided obligation"])
            try await county.cover("SX", from: "2026-03-01", to: "2026-03-31", on: "2026-04-05")
            try await expect(["source.covered coverage body= from=2026-03-01 jurisdiction=SX to=2026-03-31"])
            try await county.uncoverLast(on: "2026-04-05")
            try await expect(["source.uncovered coverage body= from=2026-03-01 jurisdiction=SX to=2026-03-31"]
            )
            try await county.startLedger("FG", from: "2026-04-01", on: "2026-04-06")
            #expect(try await told(county, from: seen).first == "ledger.started jurisdiction from=2026-04-01")
        }
    }

    @Test(arguments: Backend.available)
    func `holds no free text: no title, reason, evidence, source or file content`(_ backend: Backend)
        async throws
    {
        let canary = "金丝雀张三13800138000"
        try await withCounty(backend) { county in
            let project = try await county.act(on: "2026-03-02") { transaction, _, occasion in
                try OpenProject(
                    jurisdiction: "SX", field: canary, title: canary,
                    keys: [ProjectKey(kind: .procurement, printed: "SX-9")],
                    lots: [Lot(number: "1", title: canary)], source: canary
                ).perform(in: transaction, occasion).project.id
            }
            let recorded = try await county.event(
                "procurement.contract_signed", on: "2026-03-02", project: project, basis: .document,
                evidence: canary)
            try await county.act(on: "2026-03-03") { transaction, law, occasion in
                let event = try AmendEvent(
                    event: recorded.event.id, day: "2026-03-03", basis: .document, evidence: canary,
                    reason: canary
                ).perform(in: transaction, law: law, occasion)
                let decision = try WithholdObligation(
                    obligation: recorded.obligations[0], ground: "商业秘密", reason: canary, reviewOn: nil
                ).perform(in: transaction, occasion)
                try RevokeDecision(decision: decision.id, reason: canary).perform(in: transaction, occasion)
                _ = try MarkNotApplicable(obligation: recorded.obligations[0], reason: canary)
                    .perform(in: transaction, occasion)
                let declared = try DeclareCoverage(
                    source: canary, jurisdiction: "SX", from: "2026-03-01", to: "2026-03-02"
                )
                .perform(in: transaction, occasion)
                _ = try EndCoverage(coverage: declared.coverage.id, reason: canary)
                    .perform(in: transaction, occasion)
                var publish = Publish(
                    body: "sx-finance",
                    record: EditionRecord(
                        title: canary, text: canary, documentNumber: canary, sourceName: canary,
                        address: canary))
                publish.project = project
                let published = try publish.perform(in: transaction, law: law, occasion)
                _ = try CorrectPublication(
                    publication: published.publication.id,
                    record: EditionRecord(title: canary + "2", text: canary),
                    reason: canary
                ).perform(in: transaction, law: law, occasion)
                _ = try WithdrawPublication(publication: published.publication.id, reason: canary)
                    .perform(in: transaction, law: law, occasion)
                try VoidEvent(event: event.id, reason: canary).perform(in: transaction, law: law, occasion)
            }
            try await county.load(
                Calendars.long2027.replacingOccurrences(of: "国办发明电", with: canary), on: "2026-03-04")
            let journal = try await county.journal()
            #expect(journal.count > 20)
            for entry in journal {
                #expect(!"\(entry)".contains("金丝雀") && !"\(entry)".contains("13800138000"), "\(entry.act)")
            }
        }
    }
}
