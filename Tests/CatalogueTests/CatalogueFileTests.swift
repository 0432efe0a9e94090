import Catalogue
import Crypto
import Foundation
import Law
import Spreadsheet
import Testing

@Suite struct `An exported list` {
    @Test(arguments: allCatalogues)
    func `reads back as the same version`(code: String) throws {
        let list = try builtIn(code)
        let text = CatalogueExport.csv(list)
        let again = try CatalogueFile.exported(Array(text.utf8), name: "list.csv")
        #expect(again.version == list.version)
        #expect(again.items == list.items)
        let sorted = { (mappings: [ItemMapping]) in
            mappings.sorted { ($0.item, $0.baseline) < ($1.item, $1.baseline) }
        }
        #expect(sorted(again.mappings) == sorted(list.mappings))
        #expect(CatalogueDiff(from: list, to: again).changes.isEmpty)
    }

    @Test func `bears the hash of its own bytes`() throws {
        let list = try builtIn("FG")
        let digest = SHA256.hash(data: Data(CatalogueExport.csv(list).utf8))
        #expect(digest.map { String(format: "%02x", $0) }.joined() == list.version.sha256)
        #expect(list.version.id == "FG-" + list.version.sha256.prefix(12))
    }

    @Test func `is JSON with every item marked`() throws {
        let export = CatalogueExport(try builtIn("FG").inheriting(try builtIn("CN")), jurisdiction: "FG")
        let json = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(export))
        let items = try #require((json as? [String: Any])?["items"] as? [[String: Any]])
        #expect(items.count == 194)
        #expect(items.allSatisfy { $0["relation"] as? String == "own" })
        #expect(items.count { $0["kind"] as? String == "tag" } == 8)
        #expect(items.count { $0["owes"] as? Bool == true } == 179)
        #expect(export.counts.kinds["tag"] == 8 && export.counts.inherited == 0)
    }

    @Test func `prints the version and the hash for the notice board`() throws {
        let list = try builtIn("FG")
        let titles = Dictionary(
            try LawFile.builtIn().rules.map { ($0.id, $0.title) }, uniquingKeysWith: { _, last in last })
        let text = CatalogueExport.printed(list, jurisdiction: "凤冈县", law: titles)
        #expect(text.contains(list.version.id) && text.contains(list.version.sha256))
        for item in list.items { #expect(text.contains(item.title), "\(item.id)") }
        #expect(!text.contains("active-20wd"))
    }
}

@Suite struct `A list that cannot be read` {
    private func faults(_ edit: (String) -> String) throws -> [CatalogueFileError.Fault] {
        let text = edit(CatalogueExport.csv(try builtIn("CN")))
        do {
            _ = try CatalogueFile.exported(Array(text.utf8), name: "list.csv")
            return []
        } catch let error as CatalogueFileError {
            return error.faults
        }
    }

    private func replacing(_ old: String, _ new: String) -> (String) -> String {
        { $0.replacingOccurrences(of: old, with: new) }
    }

    @Test func `says every line at fault at once`() throws {
        let found = try faults { text in
            text.replacingOccurrences(of: "I-CN-003,CN", with: "I-CN-002,CN")
                .replacingOccurrences(
                    of: "I-CN-005,CN,CN,二(一)1,住房保障,住房分配,保障性住房分配政策,,0,item",
                    with: "I-CN-005,CN,CN,二(一)1,住房保障,住房分配,保障性住房分配政策,,0,thing")
        }
        #expect(found.map(\.line) == [4, 6])
        #expect(found.last?.detail == "kind: unknown word: thing")
    }

    @Test func `is refused with its reason`() throws {
        #expect(try faults(replacing("portal|", "radio|")).first?.detail == "clocks: unknown channel: radio")
        #expect(try faults(replacing(",item,must,", ",item,perhaps,")).count == 36)
        #expect(try faults { _ in "" }.first?.detail == CSVError.Fault.noHeader.rawValue)
        #expect(try faults { _ in "item\nI-1\n" }.first?.detail == "jurisdiction: the column is missing")
        #expect(try faults { $0 + "\"" }.first?.detail == CSVError.Fault.unclosedQuote.rawValue)
        #expect(try faults(replacing(",CN,CN,", ",ZZ,CN,")).first?.detail == "unknown catalogue ZZ")
    }
}

@Suite struct `What a list lacks` {
    private func codes(_ edit: (String) -> String) throws -> Set<String> {
        let text = edit(CatalogueExport.csv(try builtIn("CN")))
        let list = try CatalogueFile.exported(Array(text.utf8), name: "list.csv")
        let findings = CatalogueCheck(list, law: try LawFile.builtIn()).findings()
        return Set(findings.filter { $0.severity == .error }.map(\.code))
    }

    @Test func `is found item by item`() throws {
        #expect(try codes { $0 } == [])
        #expect(try codes { $0.replacingOccurrences(of: "出让公告,", with: ",") }.contains("matter-lacking"))
        #expect(
            try codes { $0.replacingOccurrences(of: "active-20wd", with: "some-day") }.contains(
                "rule-unknown"))
        #expect(
            try codes { $0.replacingOccurrences(of: "item.formed", with: "item.born") } == ["event-unknown"])
        #expect(
            try codes {
                $0.replacingOccurrences(of: "with-parent", with: "with-parent").replacingOccurrences(
                    of: ",I-CN-021,", with: ",I-CN-099,")
            }
            .contains("parent-lacking"))
        #expect(
            try codes { $0.replacingOccurrences(of: "licence-penalty-7wd", with: "active-20wd") }.contains(
                "limit-not-counted"))
    }

    @Test func `is a method, a body or a way to complain as well`() throws {
        let list = try builtIn("CN")
        let version = list.version
        let silent = CatalogueVersion(
            id: version.id, catalogue: version.catalogue, baseline: "", title: version.title,
            document: version.document, effectiveFrom: version.effectiveFrom, sha256: version.sha256,
            plans: [
                CataloguePlan(
                    plan: "CN", document: "", title: "", timeLimit: "", method: "", bodies: "",
                    supervision: "",
                    excluded: [], excludedOpen: false)
            ])
        let bare = CatalogueList(version: silent, items: list.items, mappings: [])
        let findings = CatalogueCheck(bare, law: try LawFile.builtIn()).findings()
        let errors = Dictionary(grouping: findings.filter { $0.severity == .error }, by: \.code).mapValues(
            \.count)
        #expect(errors == ["method-lacking": 36, "supervision-lacking": 36, "body-lacking": 34])
    }

    @Test func `is warned of where only the plan as a whole says it`() throws {
        let findings = CatalogueCheck(try builtIn("CN"), law: try LawFile.builtIn()).findings()
        #expect(findings.count { $0.code == "body-by-class" } == 34)
        let county = CatalogueCheck(try builtIn("FG"), law: try LawFile.builtIn()).findings()
        #expect(county.filter { $0.code == "body-inferred" }.count == 13)
        #expect(county.filter { $0.code == "owes-nothing" }.count == 15)
    }
}

@Suite struct `Two versions` {
    @Test func `differ cell by cell`() throws {
        let old = try builtIn("CN")
        let text = CatalogueExport.csv(old)
            .replacingOccurrences(of: "供应结果", with: "供应结果公示")
            .split(separator: "\n").filter { !$0.hasPrefix("I-CN-015") }.joined(separator: "\n")
        let new = try CatalogueFile.exported(Array(text.utf8), name: "new.csv")
        let changes = CatalogueDiff(from: old, to: new).changes
        #expect(changes.map(\.item) == ["I-CN-014", "I-CN-015"])
        #expect(
            changes[0].cells == [CatalogueDiff.Change.Cell(column: "title", before: "供应结果", after: "供应结果公示")])
        #expect(changes[1].kind == .removed)
        #expect(CatalogueDiff(from: new, to: old).changes[1].kind == .added)
        #expect(new.version.id != old.version.id)
    }
}
