import Crypto
import FoundationEssentials

/// What a key signs, and how. Another scheme is another case: leaves and trees do not know of it.
package enum SignatureScheme: UInt8, Sendable, Hashable, CaseIterable {
    /// Ed25519 over the text: a log signs its checkpoint. C2SP signed-note, 0x01.
    case note = 0x01
    /// Ed25519 over the text and a time: whoever saw a checkpoint dates it. C2SP tlog-cosignature, 0x04.
    case cosignature = 0x04

    var keyByteCount: Int { 32 }
}

/// The public half of a key that signs notes: `log.example/a+33d7b496+AeHTu4Q3…`.
///
/// C2SP signed-note, Verifier keys and Signatures.
package struct NoteKey: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let scheme: SignatureScheme
    /// 32 bytes, RFC 8032.
    package let bytes: [UInt8]
    /// Four bytes that, with the name, tell keys apart; short, and no proof of anything.
    package let number: UInt32

    package static let nameBytesMax = 255

    /// - Throws: `keyName`, `keyForm` for a key of another length, `weakKey`.
    package init(name: String, scheme: SignatureScheme, bytes: [UInt8]) throws(LogFlaw) {
        try NoteKey.check(name: name)
        guard bytes.count == scheme.keyByteCount else { throw LogFlaw(.keyForm) }
        guard !WeakKeys.contains(bytes) else { throw LogFlaw(.weakKey) }
        self.name = name
        self.scheme = scheme
        self.bytes = bytes
        let named = Digest.hash(Array(name.utf8) + [0x0A, scheme.rawValue] + bytes)
        number = named.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads the form in which keys are published.
    ///
    /// - Throws: `keyForm`, also for a scheme that is not known; `keyName`, `base64`, `keyNumber`, `weakKey`.
    package init(parsing text: some StringProtocol) throws(LogFlaw) {
        // Base 64 has plus signs too, so only the first two part the text.
        let parts = String(text).split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 8 else { throw LogFlaw(.keyForm) }
        let typed = try Base64.bytes(parts[2])
        guard let scheme = typed.first.flatMap(SignatureScheme.init) else { throw LogFlaw(.keyForm) }
        try self.init(name: String(parts[0]), scheme: scheme, bytes: Array(typed.dropFirst()))
        guard numberText == parts[1] else { throw LogFlaw(.keyNumber) }
    }

    package var description: String { "\(name)+\(numberText)+\(Base64.text([scheme.rawValue] + bytes))" }

    private var numberText: String { Hexadecimal.text(number.bigEndianBytes) }

    static func check(name: String) throws(LogFlaw) {
        let isBad = name.unicodeScalars.contains {
            $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20
        }
        guard !name.isEmpty, !isBad, name.utf8.count <= nameBytesMax else { throw LogFlaw(.keyName) }
    }

    static let signatureByteCount = 64

    /// Whether this key made the signature over that text.
    ///
    /// - Throws: `keyRefused`, `timeRange`.
    /// - Returns: the time that the signer swears to; nil for a scheme without one.
    func check(_ signature: NoteSignature, of text: String) throws(LogFlaw) -> SignedTime? {
        switch scheme {
        case .note:
            try verify(signature.bytes, over: Array(text.utf8))
            return nil
        case .cosignature:
            guard signature.bytes.count == SignedTime.byteCount + NoteKey.signatureByteCount else {
                throw LogFlaw(.keyRefused)
            }
            let time = try SignedTime(bytes: signature.bytes.prefix(SignedTime.byteCount))
            try verify(
                Array(signature.bytes.dropFirst(SignedTime.byteCount)), over: time.message(over: text))
            return time
        }
    }

    func verify(_ signature: [UInt8], over message: [UInt8]) throws(LogFlaw) {
        let isValid: Bool
        do {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            isValid = key.isValidSignature(Data(signature), for: Data(message))
        } catch {
            throw LogFlaw(.keyForm)
        }
        guard isValid else { throw LogFlaw(.keyRefused) }
    }
}

/// The private half of a key that signs notes.
package struct NoteSigner: Sendable {
    package let key: NoteKey
    private let secret: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 secret bytes, RFC 8032.
    /// - Throws: `keyForm` for another length, `keyName`.
    package init(name: String, scheme: SignatureScheme, seed: [UInt8]) throws(LogFlaw) {
        do {
            secret = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw LogFlaw(.keyForm)
        }
        key = try NoteKey(name: name, scheme: scheme, bytes: Array(secret.publicKey.rawRepresentation))
    }

    /// Signs a text without a time: for a key of the scheme `note`.
    ///
    /// - Throws: what the signature library cannot do; it names no remedy.
    package func sign(_ text: String) throws -> NoteSignature {
        precondition(key.scheme == .note, "a key for cosignatures signs with a time")
        return NoteSignature(
            name: key.name, number: key.number, bytes: Array(try secret.signature(for: Data(text.utf8))))
    }

    /// Signs a checkpoint and the time at which it was seen: for a key of the scheme `cosignature`.
    ///
    /// - Throws: what the signature library cannot do; it names no remedy.
    package func cosign(_ checkpoint: Checkpoint, at time: SignedTime) throws -> NoteSignature {
        precondition(key.scheme == .cosignature, "a key for notes signs without a time")
        let signature = try secret.signature(for: Data(time.message(over: checkpoint.text)))
        return NoteSignature(name: key.name, number: key.number, bytes: time.bytes + Array(signature))
    }
}

/// The time in a cosignature.
package struct SignedTime: Sendable, Hashable {
    static let byteCount = 8
    /// Seconds since 1970-01-01T00:00:00Z, 0 or more.
    package let secondsSince1970: Int

    /// - Throws: `timeRange` for a negative number.
    package init(secondsSince1970 seconds: Int) throws(LogFlaw) {
        guard seconds >= 0 else { throw LogFlaw(.timeRange) }
        secondsSince1970 = seconds
    }

    /// - Throws: `timeRange` for what is beyond a signed 64-bit number.
    init(bytes: some Sequence<UInt8>) throws(LogFlaw) {
        guard let seconds = Int(exactly: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) else {
            throw LogFlaw(.timeRange)
        }
        secondsSince1970 = seconds
    }

    var bytes: [UInt8] { UInt64(secondsSince1970).bigEndianBytes }

    /// What is signed: two lines, then the text of the checkpoint. C2SP tlog-cosignature, Ed25519 signed message.
    func message(over text: String) -> [UInt8] {
        Array("cosignature/v1\ntime \(secondsSince1970)\n\(text)".utf8)
    }
}

/// Public keys for which anybody can make signatures, or which are written in another form than their own.
enum WeakKeys {
    /// The points of small order by their y, the lowest byte first: 0, 1, −1, and the two of order eight.
    private static let ofSmallOrder: Set<[UInt8]> = [
        Array(repeating: 0, count: 32),
        [1] + Array(repeating: 0, count: 31),
        [0xEC] + Array(repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    static func contains(_ key: [UInt8]) -> Bool {
        var y = key
        y[31] &= 0x7F  // The sign of x.
        let isBeyondTheField = y[31] == 0x7F && y[1..<31].allSatisfy { $0 == 0xFF } && y[0] >= 0xED
        return isBeyondTheField || ofSmallOrder.contains(y)
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, the highest first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
