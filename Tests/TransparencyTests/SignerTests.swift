import CivilTime
import Foundation
import LedgerTesting
import MerkleLog
import Storage
import StorageTesting
import Testing

@testable import Transparency

/// What would make two histories of one log, or turn its time back.
@Suite struct `The signer refuses` {
    @Test(arguments: Backend.available)
    func `a clock that stands before the last head, until it is set right`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            log.clock.move(to: "2026-03-04")
            try await log.county.publish(on: "2026-03-04")
            try await log.keep()
            let signed = try #require(try await log.head())
            log.clock.move(to: "2026-03-03")
            try await log.county.publish(on: "2026-03-03")
            await #expect(throws: LogProblem.clockBehind(signed: 1_772_589_600, now: 1_772_503_200)) {
                try await log.keep()
            }
            #expect(try await log.head() == signed)
            log.clock.move(to: "2026-03-05")
            try await log.keep()
            #expect(try #require(try await log.head()).size > signed.size)
        }
    }

    @Test(arguments: Backend.available)
    func `to turn time back by seconds when the clock is corrected, and dates by the last head`(
        _ backend: Backend
    ) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let first = try #require(try log.folder.signedHead())
            log.clock.step(by: -299)
            try await log.county.publish(on: "2026-03-02")
            try await log.keep()
            let second = try #require(try log.folder.signedHead())
            let times = try [first, second].map { try $0.check(keys: [log.key(.time)]).first?.time }
            #expect(first != second && times[0] == times[1])
        }
    }

    @Test(arguments: Backend.available)
    func `to make new keys where the old are lost, and begins anew when told to`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            try FileManager.default.removeItem(atPath: log.folder.path + "/keys.json")
            await #expect(throws: LogProblem.keysMissing("log.example/sx")) { try await log.signer.start() }
            await #expect(throws: LogProblem.keysMissing("log.example/sx")) { try await log.signer.sign() }
            #expect(try log.folder.keyring() == nil)
            let keyring = try await log.signer.restart()
            try await log.keep()
            #expect(keyring.origin.hasPrefix("log.example/sx~"))
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `keys that the journal does not name`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let known = try #require(try log.folder.keyring())
            let other = try LogKeyring.make(
                origin: known.origin, epoch: known.epoch,
                secret: log.folder.secret(passphrase: nil, keyFile: nil), at: "2026-03-02T02:00:00Z")
            try log.folder.write(other)
            await #expect(throws: LogProblem.keysOfAnother("log.example/sx")) { try await log.signer.start() }
            try await log.county.publish(on: "2026-03-03")
            await #expect(throws: LogProblem.keysOfAnother("log.example/sx")) { try await log.keep() }
            try log.folder.write(known)
            try await log.keep()
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `to sign without the last head, where there was one`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let size = try #require(try await log.head()).size
            try FileManager.default.removeItem(atPath: log.folder.path + "/signed")
            try await log.county.publish(on: "2026-03-03")
            await #expect(throws: LogProblem.signedHeadMissing(size: size)) { try await log.keep() }
        }
    }

    @Test(arguments: Backend.available)
    func `to start with a secret that does not open the keys, and a head that is damaged`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let other = LogSigner(
                database: log.county.database, folder: log.folder, secret: .passphrase("wrong"),
                law: log.county.shelf, seconds: { log.clock.seconds }, occasion: { log.clock.occasion })
            await #expect(throws: LogProblem.locked) { try await other.start() }
            let place = log.folder.path + "/signed"
            try Data("nothing".utf8).write(to: URL(filePath: place))
            await #expect(throws: LogProblem.folderUnusable(place)) { try await log.signer.sign() }
        }
    }

    @Test(arguments: Backend.available)
    func `and the folder tells why, from the first refusal until signing goes on`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            log.clock.move(to: "2026-03-06")
            try await log.keep()
            #expect(try log.folder.signingRefusal() == nil)
            for day in ["2026-03-03", "2026-03-04"] as [Day] {
                log.clock.move(to: day)
                try await log.county.publish(on: day)
                await #expect(throws: LogProblem.self) { try await log.keep() }
                let refusal = try #require(try log.folder.signingRefusal())
                #expect(refusal.code == "log-clock-behind" && refusal.since == "2026-03-03T02:00:00Z")
            }
            log.clock.move(to: "2026-03-07")
            try await log.keep()
            #expect(try log.folder.signingRefusal() == nil)
            try FileManager.default.removeItem(atPath: log.folder.path + "/keys.json")
            await #expect(throws: LogProblem.self) { try await log.signer.start() }
            #expect(try log.folder.signingRefusal()?.code == "log-keys-missing")
            // What only an operator may know does not stand in it.
            try log.signer.tell(.folderUnusable("/srv/somewhere"))
            #expect(try log.folder.signingRefusal()?.detail.contains("/srv") == false)
        }
    }
}
