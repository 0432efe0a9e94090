import Foundation
@testable import MerkleLog
import Testing

@Suite struct `A signed note` {
    // The example of C2SP signed-note; its signature was made by another program.
    private static let keyText =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    private static let text = "This is an example message.\n"
    private static let line =
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    private static let whole = "\(text)\n\(line)\n"
    private let key: NoteKey

    init() throws { key = try NoteKey(parsing: Self.keyText) }

    private func note(_ text: String) throws(LogFlaw) -> SignedNote {
        try SignedNote(parsing: Array(text.utf8))
    }

    @Test func `is read, checked and written back`() throws {
        let note = try note(Self.whole)
        #expect(note.text == Self.text)
        #expect(note.signatures.map(\.number) == [0x530d_903a])
        #expect(try note.check(keys: [key]) == [SignedNote.Signed(key: key, time: nil)])
        #expect(note.bytes == Array(Self.whole.utf8))
        #expect(key.description == Self.keyText)
    }

    @Test func `ends its text at the last empty line`() throws {
        let note = try note("a\n\nb\n\n\(Self.line)\n")
        #expect(note.text == "a\n\nb\n")
    }

    @Test func `passes over whoever is not known, also under a known name or number`() throws {
        let stranger = try NoteSigner(name: key.name, scheme: .note, seed: Array(repeating: 7, count: 32))
        let namesake = NoteSignature(name: "example.com/bar", number: key.number, bytes: [1, 2, 3])
        let note = try note(Self.whole).adding(stranger.sign(Self.text)).adding(namesake)
        #expect(note.signatures.count == 3)
        #expect(try note.check(keys: [key]).map(\.key) == [key])
        #expect(try note.check(keys: [stranger.key, key]).map(\.key) == [key, stranger.key])
        #expect(try note.adding(namesake) == note)
    }

    @Test func `with one bad line by a known key is refused as a whole`() throws {
        let other = try NoteSigner(
            name: "example.com/bar", scheme: .note, seed: Array(repeating: 7, count: 32))
        let forged = NoteSignature(
            name: other.key.name, number: other.key.number, bytes: Array(repeating: 0, count: 64))
        let note = try note(Self.whole).adding(forged)
        #expect(throws: LogFlaw(.keyRefused)) { try note.check(keys: [key, other.key]) }
        #expect(try note.check(keys: [key]).count == 1)
    }

    @Test func `nobody known has signed is refused`() throws {
        let stranger = try NoteSigner(name: "a", scheme: .note, seed: Array(repeating: 7, count: 32))
        let note = try note(Self.whole)
        #expect(throws: LogFlaw(.noKnownKey)) { try note.check(keys: [stranger.key]) }
        #expect(throws: LogFlaw(.noKnownKey)) { try note.check(keys: []) }
    }

    @Test func `does not bear a changed letter`() throws {
        for place in Self.text.indices.dropLast() {
            var text = Self.text
            text.replaceSubrange(place...place, with: "#")
            let note = try note("\(text)\n\(Self.line)\n")
            #expect(throws: LogFlaw(.keyRefused)) { try note.check(keys: [key]) }
        }
    }

    @Test(arguments: [
        ("", LogFlaw(.noteForm)), ("\n", LogFlaw(.noteForm)), ("a\n", LogFlaw(.noteForm)),
        ("a\n\n", LogFlaw(.noteForm)), ("a\n\(line)\n", LogFlaw(.noteForm)),
        ("a\n\n\(line)", LogFlaw(.noteForm)), ("a\r\n\r\n\(line)\r\n", LogFlaw(.control)),
        ("a\tb\n\n\(line)\n", LogFlaw(.control)), ("a\0\n\n\(line)\n", LogFlaw(.control)),
        ("a\n\n- x \(line.suffix(92))\n", LogFlaw(.signatureLine, line: 1)),
        ("a\n\n\(line) \n", LogFlaw(.signatureLine, line: 1)),
        ("a\n\n—  x\n", LogFlaw(.keyName, line: 1)),
        ("a\n\n\(line)\n— a+b AAAAAAA=\n", LogFlaw(.keyName, line: 2)),
        ("a\n\n— a\u{3000}b AAAAAAA=\n", LogFlaw(.keyName, line: 1)),
        ("a\n\n— a AAAAAA==\n", LogFlaw(.signatureLine, line: 1)),
        ("a\n\n— a AAAAAAA\n", LogFlaw(.base64, line: 1)),
        ("a\n\n— a AAAAAAB=\n", LogFlaw(.base64, line: 1)),
        ("a\n\n— a AAAA_AA=\n", LogFlaw(.base64, line: 1)),
    ])
    func `in another form is refused`(text: String, flaw: LogFlaw) {
        #expect(throws: flaw) { try SignedNote(parsing: Array(text.utf8)) }
    }

    @Test func `that is no UTF-8 is refused`() {
        let bytes: [UInt8] = [0x61, 0xFF, 0x0A, 0x0A] + Array("\(Self.line)\n".utf8)
        #expect(throws: LogFlaw(.utf8)) { try SignedNote(parsing: bytes) }
    }

    @Test func `is read up to its limits`() throws {
        let line = "\(Self.line)\n"
        let full = "a\n\n" + String(repeating: line, count: SignedNote.signaturesMax)
        #expect(try note(full).signatures.count == SignedNote.signaturesMax)
        #expect(throws: LogFlaw(.signatureCount)) { try SignedNote(parsing: Array((full + line).utf8)) }
        let long = String(repeating: "a", count: SignedNote.bytesMax) + "\n\n" + line
        #expect(throws: LogFlaw(.textLength)) { try SignedNote(parsing: Array(long.utf8)) }
    }
}

@Suite struct `The key of a note` {
    private static let good = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test(arguments: [
        ("", LogFlaw(.keyForm)), ("a+b", LogFlaw(.keyForm)), ("+530d903a+AQ==", LogFlaw(.keyName)),
        (good.replacing("foo", with: "bar"), LogFlaw(.keyNumber)),
        (good.replacing("530d903a", with: "530D903A"), LogFlaw(.keyNumber)),
        (good.replacing("530d903a", with: "530d903"), LogFlaw(.keyForm)),
        (good.replacing("example", with: "exam ple"), LogFlaw(.keyName)),
        (good + "=", LogFlaw(.base64)), (String(good.dropLast(4)), LogFlaw(.keyForm)),
        (good.replacing("+Aek", with: "+BOk"), LogFlaw(.keyNumber)),
        (good.replacing("+Aek", with: "+B+k"), LogFlaw(.keyForm)),
    ])
    func `in another form is refused`(text: String, flaw: LogFlaw) {
        #expect(throws: flaw) { try NoteKey(parsing: text) }
    }

    // RFC 8032, 7.1, TEST 1: the public key that belongs to a seed.
    @Test func `follows from the seed as the RFC has it`() throws {
        let seed = try octets("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        let signer = try NoteSigner(name: "a", scheme: .note, seed: seed)
        #expect(
            signer.key.bytes
                == (try octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")))
        #expect(throws: LogFlaw(.keyForm)) { try NoteSigner(name: "a", scheme: .note, seed: [1]) }
    }

    private struct Vector: Decodable {
        let number: Int
        let key: String
        let sig: String
        let msg: String
        let flags: [String]?

        var flagged: Set<String> { Set(flags ?? []) }
    }

    /// The vectors ask of a verifier that it has rules and keeps them. Ours: no key of small order or in a form
    /// other than its own; the plain equation without the factor 8; R compared by its bytes.
    @Test(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
    func `keeps one set of rules over every odd signature`() throws {
        let vectors = try SharedVectors.decoded("cctv_ed25519_ed25519vectors.json", as: [Vector].self)
        #expect(vectors.count > 900)
        for vector in vectors {
            let isWeak = !vector.flagged.isDisjoint(with: ["low_order_A", "non_canonical_A"])
            let isWrong = !vector.flagged.isDisjoint(with: ["low_order_residue", "non_canonical_R"])
            #expect(
                try outcome(vector) == (isWeak ? .weakKey : isWrong ? .keyRefused : nil), "\(vector.number)")
        }
    }

    /// A cosignature's own form carries the message; a note's text must end its line, so the vector goes in as is.
    private func outcome(_ vector: Vector) throws -> LogFlaw.Fault? {
        do {
            let key = try NoteKey(name: "a", scheme: .note, bytes: octets(vector.key))
            try key.verify(octets(vector.sig), over: Array(vector.msg.utf8))
            return nil
        } catch let flaw as LogFlaw {
            return flaw.fault
        }
    }
}
