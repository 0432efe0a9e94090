import Foundation
import MerkleLog
import Storage
import Testing

@testable import Transparency

@Suite struct `The bytes of a leaf` {
    /// Every name that any leaf lets out, and some that none does.
    private static let names = [
        "audience", "basis", "body", "calendar", "catalogue", "channel", "clause", "coverage", "day", "due",
        "edition", "effectiveFrom", "epoch", "event", "from", "ground", "item", "items", "jurisdiction",
        "key",
        "kind", "law", "lot", "n", "obligation", "period", "previous-origin", "previous-root",
        "previous-size", "previous-audit",
        "publication", "purpose", "review", "root", "rule", "sha256", "supersedes", "title", "to", "verdict",
        "words",
    ]

    private static let values = [
        "7", "2026-03-02", "I-FG-001", "国家安全", "a\"b", "a\\b", "\u{8}\u{9}\u{a}\u{c}\u{d}\u{1}\u{1f}\u{7f}",
        "},\"kind\":\"", ",\"subject\":\"x", "\"n\":\"3\"", "\u{2028}€😀", "/<&>'",
    ]

    private func drafts(_ value: String) throws -> [LeafDraft] {
        try LeafForm.publicActs.enumerated().map { number, act in
            let change = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, $0 == "n" ? "12" : value) })
            let kind = ["publication", "obligation", value][number % 3]
            let row = row(1000 + number, act, kind, value, change)
            let commitment = number.isMultiple(of: 2) ? String(repeating: "0a", count: 32) : nil
            return try #require(LeafForm.draft(row, commitment: commitment, salt: nil))
        }
    }

    private func row(
        _ seq: Int, _ act: String, _ kind: String, _ subject: String, _ change: [String: String]
    ) -> JournalRow {
        JournalRow(
            seq: seq,
            entry: JournalEntry(
                at: "2026-03-02T02:00:00Z", actor: "clerk", act: act, subjectKind: kind, subject: subject,
                change: change))
    }

    /// The document that other people's programs are written by.
    @Test func `are documented with every act and every member that its leaf lets out`() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: package.appending(path: "docs/log-format.md"), encoding: .utf8)
        let change = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, "x") })
        for act in LeafForm.publicActs {
            let draft = try #require(
                LeafForm.draft(row(1, act, "x", "x", change), commitment: nil, salt: nil))
            let members = draft.change.map { "`\($0.name)`" }.joined(separator: ", ")
            let line = text.split(separator: "\n").first { $0.hasPrefix("| `\(act)` |") }
            #expect(line?.contains("` | \(members.isEmpty ? "–" : members) |") == true, "\(act): \(members)")
        }
    }

    @Test(arguments: values)
    func `are RFC 8785, whatever the values`(_ value: String) throws {
        for (number, draft) in try drafts(value).enumerated() {
            let previous = number.isMultiple(of: 3) ? number : nil
            var members: [(name: String, value: CanonicalJSON)] = [
                (name: "v", value: .integer(1)), (name: "seq", value: .integer(draft.seq)),
                (name: "act", value: .string(draft.act)),
                (name: "subject", value: .string(draft.subject)),
                (name: "kind", value: .string(draft.subjectKind)),
                (name: "at", value: .string(draft.at)),
                (name: "change", value: .object(draft.change.map { ($0.name, .string($0.value)) })),
            ]
            if let previous { members.append((name: "previous", value: .integer(previous))) }
            if let commitment = draft.commitment {
                members.append((name: "record", value: .string(commitment)))
            }
            #expect(try LeafForm.entry(draft, previous: previous) == CanonicalJSON.object(members).bytes())
        }
    }

    @Test(arguments: values)
    func `say what they are about, as a reader of JSON finds it`(_ value: String) throws {
        for draft in try drafts(value) {
            let entry = LeafForm.entry(draft, previous: 3)
            let labels = try #require(LeafLabels(of: entry))
            #expect(labels.act == draft.act && labels.kind == draft.subjectKind)
            #expect(labels.subject == draft.subject)
            let number = draft.change.first { $0.name == "n" }?.value
            #expect(labels.part == (draft.subjectKind == "publication" ? number.flatMap { Int($0) } ?? 0 : 0))
            #expect(LeafForm.commitment(in: entry) == draft.commitment)
        }
    }

    @Test func `let out no name that is not listed`() throws {
        for draft in try drafts("x") {
            #expect(!draft.change.contains { ["title", "words"].contains($0.name) })
        }
        #expect(
            LeafForm.draft(row(1, "edition.drafted", "publication", "x", [:]), commitment: nil, salt: nil)
                == nil)
    }

    /// Altered bytes are read while an audit looks for what was altered.
    @Test func `that are none are read without harm`() throws {
        let texts = [
            "", "{", "{\"act\":\"", "{\"act\":\"x\"", "{\"act\":\"x\"},\"kind\":\"",
            "\",\"seq\":,\"record\":\"",
            ",\"record\":\"", ",\"record\":\"0\",\"seq\":", "{\"act\":\"x\\\"}", "\u{fffd}",
        ]
        for text in texts {
            let entry = Array(text.utf8)
            #expect(LeafLabels(of: entry) == nil, "\(text)")
            #expect(LeafForm.commitment(in: entry) == nil, "\(text)")
            #expect(LogLeaf(index: 0, seq: 1, entry: entry, salt: nil).act.isEmpty)
        }
        #expect(LeafLabels(of: [0xff, 0xfe, 0x5c]) == nil)
    }
}
