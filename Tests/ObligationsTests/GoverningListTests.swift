import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import Storage
import StorageTesting
import Testing

/// From 2026-03-10 on the county's list has I-FG-001 no more, and every item's version is another.
@Suite struct `The list that governs an event` {
    private func replaceList(_ county: County, on day: Day) async throws -> String {
        try await county.act(on: day) { transaction, _, occasion in
            let list = try #require(try CatalogueFile.builtIn("FG"))
            let old = list.version
            let later = CatalogueList(
                version: CatalogueVersion(
                    id: "FG-later", catalogue: old.catalogue, baseline: old.baseline, title: old.title,
                    document: old.document, effectiveFrom: "2026-03-10",
                    sha256: String(repeating: "a", count: 64), plans: old.plans),
                items: list.items.filter { $0.id != "I-FG-001" },
                mappings: list.mappings.filter { $0.item != "I-FG-001" })
            try LoadCatalogue(later).perform(in: transaction, law: LawFile.builtIn(), occasion)
            return old.id
        }
    }

    @Test(arguments: Backend.available)
    func `is that of its own day, however late it is recorded`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let old = try await replaceList(county, on: "2026-03-12")
            let before = try await county.formed("I-FG-001", on: "2026-03-09", recorded: "2026-03-12")
            let found = try await county.read { try $0.obligations.obligation(before) }
            #expect(found?.catalogueVersion == old)
            let after = try await county.formed("I-FG-002", on: "2026-03-10", recorded: "2026-03-12")
            #expect(
                try await county.read { try $0.obligations.obligation(after)?.catalogueVersion } == "FG-later"
            )
            await #expect {
                _ = try await county.formed("I-FG-001", on: "2026-03-10", recorded: "2026-03-12")
            } throws: {
                ($0 as? LedgerProblem)?.code == "item-unknown"
                    && ($0 as? LedgerProblem)?.detail.contains("2026-03-10") == true
            }
        }
    }

    /// 凤府办函〔2018〕52号 is of 2018-07-24.
    @Test(arguments: Backend.available)
    func `is none before there was one: nobody owes anything`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            let recorded = try await county.event(
                "procurement.result_fixed", on: "2018-07-23", project: project, recorded: "2026-03-02")
            #expect(recorded.obligations.isEmpty)
            #expect(try await county.obligations(project: project).isEmpty)
        }
    }

    /// I-FG-108 is of every quarter.
    @Test(arguments: Backend.available)
    func `is for a period that of its last day`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let old = try await replaceList(county, on: "2026-03-12")
            try await county.startLedger(from: "2026-01-01", on: "2026-03-12")
            try await county.openPeriods(on: "2026-05-01")
            let versions = try await county.read { transaction in
                try transaction.rows(
                    "SELECT DISTINCT period, catalogue_version FROM obligation WHERE period LIKE '2026-0%' ORDER BY period"
                ).map { [try $0.string("period"), try $0.string("catalogue_version")] }
            }
            #expect(!versions.isEmpty)
            for row in versions {
                #expect(row[1] == (row[0] <= "2026-02" ? old : "FG-later"), "\(row)")
            }
        }
    }
}
