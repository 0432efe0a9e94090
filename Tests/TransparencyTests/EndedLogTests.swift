import Foundation
import Law
import LedgerTesting
import MerkleLog
import Storage
import StorageTesting
import Testing

@testable import Transparency

@Suite struct `A log that has ended` {
    @Test(arguments: Backend.available)
    func `has its heads taken by the audit, which names one that is not of it`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let first = try #require(try log.folder.signedHead())
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let last = try #require(try log.folder.signedHead())
            let signers = try #require(try log.folder.keyring()).signers(
                .head, secret: log.folder.secret(passphrase: nil, keyFile: nil))
            let size = try Checkpoint(parsing: last.text).size
            _ = try await log.signer.restart(reason: "恢复备份")
            try await log.keep()
            let report = try await log.audit(seen: [first, last])
            #expect(report.difference == nil && report.endedHeads == 2)
            // As if it had signed another history, or a longer one, or somebody else had.
            func head(_ size: Int, by signers: [NoteSigner]) throws -> SignedNote {
                let root = NodeHash.leaf([1])
                let head = try Checkpoint(origin: "log.example/sx", size: size, root: root)
                return try SignedNote(text: head.text, signatures: signers.map { try $0.sign(head.text) })
            }
            let stranger = try NoteSigner(
                name: "log.example/sx", scheme: .note, seed: Array(repeating: 9, count: 32))
            let wrong: [(SignedNote, LogAudit.Difference.Kind)] = [
                (try head(size, by: signers), .root), (try head(size + 1, by: signers), .signedBeyond),
                (try head(1, by: [stranger]), .signature),
            ]
            for (note, kind) in wrong {
                #expect(try await log.audit(seen: [note]).difference?.kind == kind, "\(kind)")
            }
        }
    }

    @Test func `is kept with a reason of one line, at most 200 characters`() async throws {
        try await withLoggedCounty(.sqlite) { log in
            try await log.keep()
            for reason in ["两行\n文字", String(repeating: "长", count: 201)] {
                await #expect(throws: EnteredTextProblem.self) {
                    try await log.signer.restart(reason: reason)
                }
            }
            #expect(try log.folder.endedLogs().isEmpty)
            _ = try await log.signer.restart(reason: String(repeating: "长", count: 200))
            #expect(try log.folder.endedLogs().map(\.reason.count) == [200])
        }
    }

    @Test(arguments: Backend.available)
    func `ends where its audit finds something only for a reason, and the finding is kept with it`(
        _ backend: Backend
    ) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let title = try await log.county.read {
                try $0.row("SELECT title FROM publication")?.string("title")
            }
            try await log.tamper("UPDATE publication SET title = '别的'")
            for (reason, despite) in [("恢复备份", false), ("", true)] {
                let problem = await #expect(throws: LogProblem.self) {
                    try await log.signer.restart(reason: reason, despiteFindings: despite)
                }
                #expect(problem?.code == "log-audit-found")
            }
            #expect(try log.folder.endedLogs().isEmpty)
            #expect(try await log.head()?.origin == "log.example/sx")
            _ = try await log.signer.restart(reason: "标题已核实", despiteFindings: true)
            let ended = try #require(try log.folder.endedLogs().first)
            #expect(ended.audit?.finding == .ledgerAltered && ended.reason == "标题已核实")
            // The new log says so for good, whatever becomes of the file.
            try await log.keep()
            let leaf = try #require(try await log.leaves().last { $0.act == "log.started" })
            #expect(
                String(decoding: leaf.entry, as: UTF8.self).contains("\"previous-audit\":\"ledger-altered\""))
            try await log.tamper("UPDATE publication SET title = \(title)")
            let whole = try await log.audit().difference
            #expect(whole == nil, "\(whole?.detail ?? "")")
            try FileManager.default.removeItem(atPath: log.folder.path + "/ended-\(ended.epoch).json")
            #expect(try await log.audit().difference?.detail.contains("ended-") == true)
        }
    }

    /// As after a backup was restored: that the folder has signed more is the reason, and no finding.
    @Test(arguments: Backend.available)
    func `ends without a finding where the database only holds less than was signed`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let signers = try #require(try log.folder.keyring()).signers(
                .head, secret: log.folder.secret(passphrase: nil, keyFile: nil))
            let size = try #require(try await log.head()).size + 1
            let newer = try Checkpoint(origin: "log.example/sx", size: size, root: NodeHash.leaf([1]))
            try log.folder.write(
                SignedNote(text: newer.text, signatures: signers.map { try $0.sign(newer.text) }))
            #expect(try await log.audit().difference?.kind == .signedBeyond)
            _ = try await log.signer.restart()
            #expect(try log.folder.endedLogs().map(\.audit) == [EndedLog.LastAudit(nil)])
        }
    }

    @Test func `is not audited before it ends where its keys are lost, which is kept`() async throws {
        try await withLoggedCounty(.sqlite) { log in
            try await log.keep()
            try log.folder.discardKeyring()
            _ = try await log.signer.restart(reason: "密钥遗失")
            #expect(try log.folder.endedLogs().map(\.audit) == [nil])
        }
    }
}
