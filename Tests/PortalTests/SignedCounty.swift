import CivilTime
import Foundation
import LedgerTesting
import MerkleLog
import Obligations
import People
import Publishing
import Storage
import StorageTesting
import Testing
import Transparency
import WebTesting

/// The small county with a log that began on its last day: the whole year is in it, and one notice came after.
struct SignedCounty: Sendable {
    let county: SmallCounty
    let folder: LogFolder
    /// A notice that was released after the log had begun.
    let notice: String
    let site: Site

    static func on(
        _ backend: Backend, _ body: @escaping @Sendable (SignedCounty) async throws -> Void
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let folder = LogFolder(
                path: FileManager.default.temporaryDirectory.path + "/sundial-signed-" + Identifiers.fresh())
            // Made by the first act.
            defer { remove(folder.path) }
            let signed = try await begin(county, folder)
            try await signed.keep()
            try await body(signed)
        }
    }

    private static func begin(_ county: SmallCounty, _ folder: LogFolder) async throws -> SignedCounty {
        try await signer(county, folder).start(name: "log.example/sx")
        try await county.act(on: "2026-12-16") { transaction, _, occasion in
            try transaction.tellCatalogues(occasion)
        }
        let notice = try await county.publish(
            "实验楼竣工公告", item: "I-FG-089", body: "sx-education", on: "2026-12-16", text: "竣工验收合格。")
        return SignedCounty(
            county: county, folder: folder, notice: notice.publication.id,
            site: try county.site(log: folder))
    }

    private static var seconds: Int { SmallCounty.today.ordinal * 86400 + 7200 }

    private static func signer(_ county: SmallCounty, _ folder: LogFolder) throws -> LogSigner {
        LogSigner(
            database: county.database, folder: folder,
            secret: try folder.secret(passphrase: nil, keyFile: nil), law: county.law,
            seconds: { Self.seconds },
            occasion: {
                Occasion(actor: "system", now: "2026-12-16T02:00:00Z", today: SmallCounty.today)
            })
    }

    /// Writes and signs all there is.
    func keep() async throws {
        let signer = try Self.signer(county, folder)
        let runner = FollowerRunner(
            LogFollower(), source: county.database, target: county.database, pace: .init(),
            now: { Self.seconds }, report: { _ in }, onCaughtUp: { try await signer.sign() != nil })
        try await runner.catchUp()
        try await runner.release()
    }

    /// As after a backup was restored.
    func restart(reason: String = "") async throws {
        _ = try await Self.signer(county, folder).restart(reason: reason)
        try await keep()
    }

    /// Writes the leaves and signs nothing.
    func follow() async throws {
        let runner = FollowerRunner(
            LogFollower(), source: county.database, target: county.database, pace: .init(),
            now: { Self.seconds }, report: { _ in })
        try await runner.catchUp()
        try await runner.release()
    }

    /// Erases the content of the notice.
    func erase() async throws {
        _ = try await county.act(on: "2026-12-16") { transaction, _, occasion in
            try EraseEdition(
                publication: notice, edition: 1, ground: "personal-information", clause: ""
            ).perform(in: transaction, occasion)
        }
    }

    func key(_ purpose: LogKeyring.Purpose) throws -> NoteKey {
        let keys = try folder.publishedKeys().filter { $0.purpose == purpose }
        return try NoteKey(parsing: try #require(keys.first).key)
    }

    func address(_ story: String, _ rest: String = "") -> String {
        "/publications/\(county.id(story))\(rest)"
    }

    private static func remove(_ path: String) {
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
    }
}
