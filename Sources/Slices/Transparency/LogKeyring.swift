import Crypto
import CryptoExtras
import Foundation
import MerkleLog

/// The keys of the log, as a file keeps them: public halves to be read, secret halves sealed (日志密钥).
///
/// A log has a key that signs its heads and a key that dates them. After a change of keys the old one goes on signing
/// beside the new until it is retired, so that whoever knows only the old one can follow.
package struct LogKeyring: Codable, Sendable, Hashable {
    package enum Purpose: String, Codable, Sendable {
        /// Signs the head: C2SP signed-note.
        case head
        /// Dates the head: C2SP cosignature/v1.
        case time
        /// Cosigns the heads of other logs: C2SP cosignature/v1.
        case witness
    }

    package struct SealedKey: Codable, Sendable, Hashable {
        package let purpose: Purpose
        /// The form in which keys are published: `name+number+base64`.
        package let publicKey: String
        /// ChaCha20-Poly1305: nonce, sealed seed, tag.
        let sealed: Data
        package let madeAt: String
        /// Empty while it signs.
        package var retiredAt = ""
    }

    /// Keys that a log ever had, with what the journal tells of them.
    static let changesMax = 10_000

    /// The log's name, which is the name of its keys too: `sundial.example/log`.
    package let origin: String
    /// Which journal epoch this log tells of.
    package let epoch: String
    /// For `scrypt`; public.
    let kdfSalt: Data
    package private(set) var keys: [SealedKey]

    /// - Parameters:
    ///   - secret: what the seeds are sealed with.
    ///   - purposes: one key is made for each.
    /// - Throws: `LogProblem.passphraseTooShort`.
    package static func make(
        origin: String, epoch: String, purposes: [Purpose] = [.head, .time], secret: UnlockSecret,
        at now: String
    ) throws -> LogKeyring {
        try secret.checkLength()
        var ring = LogKeyring(
            origin: origin, epoch: epoch, kdfSalt: Data(LogFollower.randomSalt()), keys: [])
        for purpose in purposes { try ring.add(purpose, secret: secret, at: now) }
        return ring
    }

    /// Adds a key of a purpose; those that sign already go on.
    ///
    /// - Returns: its public half.
    @discardableResult
    package mutating func add(_ purpose: Purpose, secret: UnlockSecret, at now: String) throws -> NoteKey {
        let seed = Curve25519.Signing.PrivateKey().rawRepresentation
        let signer = try NoteSigner(name: name(of: purpose), scheme: purpose.scheme, seed: Array(seed))
        let publicKey = signer.key.description
        let box = try ChaChaPoly.seal(
            seed, using: secret.key(salt: kdfSalt), authenticating: Data(publicKey.utf8))
        keys.append(
            SealedKey(purpose: purpose, publicKey: publicKey, sealed: box.combined, madeAt: now))
        return signer.key
    }

    /// Retires all keys of a purpose but the last.
    ///
    /// - Returns: the public halves of those that were retired now.
    package mutating func retireOld(_ purpose: Purpose, at now: String) -> [String] {
        let signing = keys.indices.filter { keys[$0].purpose == purpose && keys[$0].retiredAt.isEmpty }
        for index in signing.dropLast() { keys[index].retiredAt = now }
        return signing.dropLast().map { keys[$0].publicKey }
    }

    /// Those that sign now, oldest first.
    ///
    /// - Throws: `LogProblem.locked` when the secret is not the one that sealed them.
    package func signers(_ purpose: Purpose, secret: UnlockSecret) throws -> [NoteSigner] {
        let key = try secret.key(salt: kdfSalt)
        return try keys.filter { $0.purpose == purpose && $0.retiredAt.isEmpty }.map { sealed in
            let seed: Data
            do {
                seed = try ChaChaPoly.open(
                    ChaChaPoly.SealedBox(combined: sealed.sealed), using: key,
                    authenticating: Data(sealed.publicKey.utf8))
            } catch {
                throw LogProblem.locked
            }
            return try NoteSigner(name: name(of: purpose), scheme: purpose.scheme, seed: Array(seed))
        }
    }

    /// The published keys, those that sign now first.
    package var publicKeys: [SealedKey] {
        keys.filter(\.retiredAt.isEmpty) + keys.filter { !$0.retiredAt.isEmpty }
    }

    /// When its first key was made.
    var began: String { keys.map(\.madeAt).min() ?? "" }

    /// The same as everybody may see them.
    ///
    /// - Parameter end: when the log ended, and with it every key that still signed; nil while it goes on.
    func published(endedAt end: String? = nil) -> [PublishedKey] {
        publicKeys.map { PublishedKey($0, endedAt: end) }
    }

    private func name(of purpose: Purpose) -> String {
        purpose == .time ? origin + "/time" : origin
    }
}

/// The public half of a key of the log (日志公钥), without anything of its secret half.
package struct PublishedKey: Codable, Sendable, Hashable {
    package let purpose: LogKeyring.Purpose
    /// `name+number+base64`.
    package let key: String
    package let madeAt: String
    /// Empty while it signs.
    package let retiredAt: String

    fileprivate init(_ sealed: LogKeyring.SealedKey, endedAt end: String?) {
        purpose = sealed.purpose
        key = sealed.publicKey
        madeAt = sealed.madeAt
        retiredAt = sealed.retiredAt.isEmpty ? end ?? "" : sealed.retiredAt
    }
}

extension LogKeyring.Purpose {
    fileprivate var scheme: SignatureScheme { self == .head ? .note : .cosignature }
}

/// What opens the sealed keys: a passphrase, or the content of a key file.
package enum UnlockSecret: Sendable, Hashable {
    case passphrase(String)
    case keyFile([UInt8])

    package static let keyFileBytesMin = 32
    /// Whoever has a copy of the file of the keys may guess for as long as he likes; scrypt makes each guess dear, and no guess
    /// dear enough for a word. Keys that were sealed with less open as ever.
    package static let passphraseCharactersMin = 12

    /// - Throws: `LogProblem.passphraseTooShort` where no new keyring may be sealed with it.
    func checkLength() throws {
        guard case .passphrase(let text) = self else { return }
        guard text.unicodeScalars.count >= Self.passphraseCharactersMin else {
            throw LogProblem.passphraseTooShort
        }
    }

    /// A passphrase is stretched by scrypt (N = 2^15, r = 8, p = 1); a key file is random already.
    fileprivate func key(salt: Data) throws -> SymmetricKey {
        switch self {
        case .passphrase(let text):
            try KDF.Scrypt.deriveKey(
                from: Data(text.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 15, blockSize: 8,
                parallelism: 1)
        case .keyFile(let bytes):
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: bytes), salt: salt, info: Data("sundial log keys".utf8),
                outputByteCount: 32)
        }
    }
}
