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

@testable import Transparency

/// A county's log and one witness of it, which talk through a door without a network between.
private struct WitnessedCounty: Sendable {
    let log: LoggedCounty
    let listed: ListedWitness
    private let witness: Witness

    init(_ log: LoggedCounty) async throws {
        self.log = log
        let folder = WitnessFolder(path: log.folder.path + "/witness")
        let clock = log.clock
        let (witness, keyring) = try await Witness.open(
            folder, logs: [ListedLog(origin: "log.example/sx", keys: [log.key(.head)])],
            name: "witness.example/w", secret: .keyFile(Array(repeating: 3, count: 32)),
            seconds: { clock.seconds }, now: clock.occasion.now)
        self.witness = witness
        let key = try NoteKey(parsing: keyring.publicKeys.first?.publicKey ?? "")
        listed = ListedWitness(url: "https://witness.example", key: key)
    }

    @discardableResult
    func ask(
        again: Bool = false,
        _ change: @escaping @Sendable (WitnessAnswer) -> OutboundDoor.Answer = {
            OutboundDoor.Answer(status: $0.status, body: $0.body)
        }
    ) async throws -> Bool {
        let door = OutboundDoor { [witness] request in
            #expect(request.url == "https://witness.example/add-checkpoint")
            return change(try await witness.answer(to: request.body ?? []))
        }
        let round = WitnessRound(
            database: log.county.database, folder: log.folder, law: log.county.shelf, door: door,
            occasion: { [clock = log.clock] in clock.occasion })
        return try await round.ask(listed, again: again)
    }
}

@Suite struct `A log that asks a witness` {
    private func withWitness(
        _ backend: Backend, _ body: (WitnessedCounty) async throws -> Void
    ) async throws {
        try await withLoggedCounty(backend) { log in try await body(try await WitnessedCounty(log)) }
    }

    @Test(arguments: Backend.available)
    func `has what it published dated by the witness of the same day`(_ backend: Backend) async throws {
        try await withWitness(backend) { county in
            let obligation = try await county.log.county.formed(on: "2026-03-02")
            try await county.log.county.publish(on: "2026-03-02")
            try await county.log.keep()
            #expect(try await county.ask())
            try await county.log.keep()
            let discharge = try #require(try await county.log.county.discharges(obligation).first)
            #expect(discharge.basis == .witnessed && discharge.day == "2026-03-02")
            #expect(try await county.log.county.obligation(obligation).closed == .onTime)
            // It rests: the head that says so is cosigned, and nothing new follows.
            try await county.ask()
            #expect(try await !county.ask())
            let head = try #require(try await county.log.head())
            let note = try SignedNote(parsing: Array(head.note.utf8))
            let signed = try note.check(keys: [county.listed.key])
            #expect(signed.compactMap(\.time?.secondsSince1970) == [county.log.clock.seconds])
            #expect(try await county.log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `makes nobody late because the witness was away`(_ backend: Backend) async throws {
        try await withWitness(backend) { county in
            // Due on 30 March, as counted for the log's own tests.
            let obligation = try await county.log.county.formed(on: "2026-03-02")
            county.log.clock.move(to: "2026-03-30")
            try await county.log.county.publish(on: "2026-03-30")
            try await county.log.keep()
            county.log.clock.move(to: "2026-03-31")
            #expect(try await county.ask())
            let discharge = try #require(try await county.log.county.discharges(obligation).first)
            #expect(discharge.basis == .logged && discharge.day == "2026-03-30")
            #expect(try await county.log.county.obligation(obligation).closed == .onTime)
        }
    }

    @Test(arguments: Backend.available)
    func `gives receipts by the first head that the witness cosigned, and keeps its own earlier time`(
        _ backend: Backend
    ) async throws {
        try await withWitness(backend) { county in
            let (log, key) = (county.log, county.listed.key)
            let id = try await log.county.publish(on: "2026-03-02").publication.id
            try await log.keep()
            let read = { @Sendable (ground: LogReceipt.Ground) in
                try await log.county.read { transaction in
                    let leaf = try #require(try transaction.log.release(of: id, edition: 1))
                    return try LogReceipt(of: leaf, by: ground, in: transaction)
                }
            }
            let alone = try await read(.witnessed)
            #expect(
                alone.witnessed == nil && !alone.hasTwoHeads
                    && alone.fileName.hasSuffix("\(alone.leaf.index).tlog-proof"))
            // The witness is away until the next day, when the log has grown.
            let first = log.clock.seconds
            log.clock.move(to: "2026-03-03")
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            try await county.ask()
            let (seen, own) = (try await read(.witnessed), try await read(.logged))
            #expect(seen.hasTwoHeads && own.hasTwoHeads && seen.fileName != own.fileName)
            #expect(own.fileName.hasSuffix(".logged.tlog-proof"))
            #expect(seen.first == own.head && seen.head != own.head)
            #expect(seen.first.signedAt == "2026-03-02T02:00:00Z")
            #expect(seen.witnessed?.at.description == "2026-03-03T02:00:00Z")
            let keys = [try log.key(.time), key]
            for (receipt, times) in [(own, [first]), (seen, [first + 86_400, first + 86_400])] {
                let proof = try ProofFile(parsing: receipt.file.bytes)
                let proved = try proof.check(
                    leaf: .leaf(receipt.leaf.entry), logs: [log.key(.head)], witnesses: keys)
                #expect(proved.cosignatures.map(\.time.secondsSince1970) == times)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `goes on when an answer was lost`(_ backend: Backend) async throws {
        try await withWitness(backend) { county in
            try await county.log.keep()
            await #expect(throws: WitnessProblem.malformed("https://witness.example")) {
                try await county.ask { _ in .init(status: 200, body: []) }
            }
            try await county.log.county.publish(on: "2026-03-02")
            try await county.log.keep()
            // The witness knows a size that we do not know it knows.
            #expect(try await county.ask())
        }
    }

    @Test(arguments: Backend.available)
    func `takes no answer that is not the witness's`(_ backend: Backend) async throws {
        try await withWitness(backend) { county in
            try await county.log.keep()
            let before = try await county.log.head()
            await #expect(throws: WitnessProblem.malformed("https://witness.example")) {
                try await county.ask { answer in
                    var body = answer.body
                    // A letter within the signature.
                    body[body.count - 20] = body[body.count - 20] == 0x41 ? 0x42 : 0x41
                    return .init(status: answer.status, body: body)
                }
            }
            await #expect(throws: WitnessProblem.refused("https://witness.example", status: 404)) {
                try await county.ask { _ in .init(status: 404, body: []) }
            }
            await #expect(throws: WitnessProblem.malformed("https://witness.example")) {
                try await county.ask { _ in .init(status: 500, body: []) }
            }
            #expect(try await county.log.head() == before)
        }
    }

    @Test(arguments: Backend.available, [("409", 409, "99\n"), ("422", 422, "")])
    func `stops signing when the witness holds a newer or another head, and says why until it cosigns again`(
        _ backend: Backend, _ said: (name: String, status: Int, body: String)
    ) async throws {
        try await withWitness(backend) { county in
            let log = county.log
            try await log.keep()
            try await county.ask()
            let head = try #require(try await log.head())
            // As after the whole data folder was put back: what we know of was cosigned, and more was.
            let url = "https://witness.example"
            await #expect(throws: WitnessProblem.contradicts(url, status: said.status)) {
                try await county.ask(again: true) { _ in
                    .init(status: said.status, body: Array(said.body.utf8))
                }
            }
            try await log.county.publish(on: "2026-03-02")
            let refused = LogProblem.contradicted(witness: "witness.example/w", status: said.status)
            await #expect(throws: refused) { try await log.keep() }
            #expect(try await log.head() == head)
            let refusal = try #require(try log.folder.signingRefusal())
            #expect(refusal.code == "log-contradicted" && refusal.since == log.clock.occasion.now)
            let kept = try #require(try log.folder.contradictions(of: "log.example/sx").first)
            #expect(kept.status == said.status && kept.answer == said.body && kept.head == head.note)
            #expect(kept.key == county.listed.key.description && kept.from == head.size && kept.stands)

            // The witness was wrong, or the right folder is there again.
            #expect(try await !county.ask(again: true))
            try await log.keep()
            #expect(try #require(try await log.head()).size > head.size)
            #expect(try log.folder.signingRefusal() == nil)
            #expect(try log.folder.contradictions(of: "log.example/sx").map(\.stands) == [false])
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `begins anew under another name, of which the witness has said nothing`(_ backend: Backend)
        async throws
    {
        try await withWitness(backend) { county in
            try await county.log.keep()
            await #expect(throws: WitnessProblem.self) {
                try await county.ask { _ in .init(status: 422, body: []) }
            }
            _ = try await county.log.signer.restart()
            try await county.log.keep()
            #expect(try #require(try await county.log.head()).origin.hasPrefix("log.example/sx~"))
            #expect(try county.log.folder.signingRefusal() == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `goes on when another process signed and asked meanwhile, or the witness is away`(_ backend: Backend)
        async throws
    {
        try await withWitness(backend) { county in
            try await county.log.keep()
            let size = try #require(try await county.log.head()).size
            // What the witness holds is what the folder says was signed.
            await #expect(throws: WitnessProblem.refused("https://witness.example", status: 409)) {
                try await county.ask(again: true) { _ in .init(status: 409, body: Array("\(size - 1)\n".utf8))
                }
            }
            await #expect(throws: WitnessProblem.malformed("https://witness.example")) {
                try await county.ask(again: true) { _ in .init(status: 503, body: []) }
            }
            try await county.log.county.publish(on: "2026-03-02")
            try await county.log.keep()
            #expect(try county.log.folder.signingRefusal() == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `has cosignatures checked by whoever knows the key of the witness, and counted by others`(
        _ backend: Backend
    ) async throws {
        try await withWitness(backend) { county in
            let log = county.log
            try await log.keep()
            try await county.ask()
            let key = county.listed.key
            let (known, unknown) = (try await log.audit(witnessKeys: [key]), try await log.audit())
            #expect(known.difference == nil && [known.cosignatures, known.cosignaturesUnknown] == [1, 0])
            #expect(
                unknown.difference == nil && [unknown.cosignatures, unknown.cosignaturesUnknown] == [0, 1])

            try await log.tamper("UPDATE log_cosignature SET witness = 'gone'")
            #expect(try await log.audit().difference?.kind == .signature)
            try await log.tamper("DELETE FROM log_cosignature")
            let hidden = try #require(try await log.audit().difference)
            #expect(hidden.detail.contains("witness.example/w"), "\(hidden)")
            try await log.tamper(
                "INSERT INTO log_cosignature (witness, size, seconds) SELECT 'witness.example/w', size, \(log.clock.seconds) FROM log_checkpoint"
            )
            #expect(try await log.audit(witnessKeys: [key]).difference == nil)

            // As if somebody had put the name of the witness under a head it never saw.
            let head = try #require(try await log.head())
            let note = try SignedNote(parsing: Array(head.note.utf8))
            let lines = note.signatures.map { line in
                line.isBy(key)
                    ? NoteSignature(
                        name: line.name, number: line.number,
                        bytes: line.bytes.dropLast() + [line.bytes.last! ^ 1])
                    : line
            }
            let forged = String(
                decoding: try SignedNote(text: note.text, signatures: lines).bytes, as: UTF8.self)
            try await log.tamper("UPDATE log_checkpoint SET note = \(forged) WHERE size = \(head.size)")
            let found = try #require(try await log.audit(witnessKeys: [key]).difference)
            #expect(found.kind == .signature && found.detail.contains("witness.example/w"), "\(found)")
        }
    }
}
