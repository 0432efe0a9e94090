/// One line of a note: who signed, with which key, and the signature.
///
/// C2SP signed-note, Signatures.
package struct NoteSignature: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let number: UInt32
    /// The signature alone, as its scheme forms it; its length is the scheme's affair.
    package let bytes: [UInt8]

    package init(name: String, number: UInt32, bytes: [UInt8]) {
        self.name = name
        self.number = number
        self.bytes = bytes
    }

    /// Reads a line without its end.
    ///
    /// - Throws: `signatureLine`, `keyName`, `base64`.
    package init(parsing line: some StringProtocol) throws(LogFlaw) {
        let parts = String(line).split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "—" else { throw LogFlaw(.signatureLine) }
        try NoteKey.check(name: String(parts[1]))
        let numbered = try Base64.bytes(parts[2])
        guard numbered.count > 4 else { throw LogFlaw(.signatureLine) }
        name = String(parts[1])
        number = numbered.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        bytes = Array(numbered.dropFirst(4))
    }

    /// The line without its end.
    package var description: String { "— \(name) \(Base64.text(number.bigEndianBytes + bytes))" }

    /// The time that a cosignature swears to, as it stands there, unchecked; nil for any other signature.
    package var claimedTime: SignedTime? {
        guard bytes.count == SignedTime.byteCount + NoteKey.signatureByteCount else { return nil }
        do { return try SignedTime(bytes: bytes.prefix(SignedTime.byteCount)) } catch { return nil }
    }

    /// Whether it says that it is by that key; it may not fit.
    package func isBy(_ key: NoteKey) -> Bool {
        number == key.number && Array(name.utf8) == Array(key.name.utf8)
    }
}

/// A text and its signatures: C2SP signed-note.
///
/// Nothing of the text is to be believed before `check(keys:)` has named who signed it.
package struct SignedNote: Sendable, Hashable {
    /// With the line feed at its end.
    package let text: String
    package private(set) var signatures: [NoteSignature]

    package static let bytesMax = 1_000_000
    /// At least 16 must be read by everybody.
    package static let signaturesMax = 100

    /// - Parameter text: lines that each end with a line feed, without control characters.
    /// - Throws: `noteForm`, `control`, `textLength`.
    package init(text: String, signatures: [NoteSignature]) throws(LogFlaw) {
        _ = try LineReader.text(Array(text.utf8), bytesMax: SignedNote.bytesMax)
        guard text.utf8.last == 0x0A else { throw LogFlaw(.noteForm) }
        guard signatures.count <= SignedNote.signaturesMax else { throw LogFlaw(.signatureCount) }
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note; the text ends at the last empty line.
    ///
    /// - Throws: `textLength`, `control`, `utf8`, `noteForm`, `signatureCount`; `signatureLine`, `keyName` and
    ///   `base64` with their line, counted from the first signature.
    package init(parsing bytes: [UInt8]) throws(LogFlaw) {
        let whole = try LineReader.text(bytes, bytesMax: SignedNote.bytesMax)
        guard bytes.last == 0x0A, let split = SignedNote.lastEmptyLine(of: bytes) else {
            throw LogFlaw(.noteForm)
        }
        let start = whole.utf8.index(whole.startIndex, offsetBy: split)
        let afterIt = whole.utf8.index(after: start)
        let signatures = try SignedNote.signatures(String(whole[afterIt...]))
        guard !signatures.isEmpty else { throw LogFlaw(.noteForm) }
        try self.init(text: String(whole[..<start]), signatures: signatures)
    }

    package var bytes: [UInt8] { Array("\(text)\n\(SignedNote.lines(of: signatures))".utf8) }

    /// The same note with one more signature; one that stands there already is not put twice.
    ///
    /// - Throws: `signatureCount`.
    package func adding(_ signature: NoteSignature) throws(LogFlaw) -> SignedNote {
        if signatures.contains(signature) { return self }
        return try SignedNote(text: text, signatures: signatures + [signature])
    }

    /// Who of those we know signed the text.
    ///
    /// Lines by anybody else are passed over, also when they share a name or a number with a known key. One line by
    /// a known key that does not fit the text refuses the whole.
    ///
    /// - Returns: one element a line that fits, in the order of the lines. A key that signed twice is there twice.
    /// - Throws: `keyRefused`, `timeRange`; `noKnownKey` when no line is by any of these keys.
    package func check(keys: [NoteKey]) throws(LogFlaw) -> [Signed] {
        var signed: [Signed] = []
        for signature in signatures {
            for key in keys where signature.isBy(key) {
                signed.append(Signed(key: key, time: try key.check(signature, of: text)))
            }
        }
        guard !signed.isEmpty else { throw LogFlaw(.noKnownKey) }
        return signed
    }

    /// A signature that fits.
    package struct Signed: Sendable, Hashable {
        package let key: NoteKey
        /// When the signer swears to have seen the text; nil for a scheme without a time.
        package let time: SignedTime?
    }

    /// Signature lines, as they stand in a note and in the answer of a witness.
    ///
    /// - Throws: `signatureCount`, `noteForm` for an end without a line feed; `signatureLine`, `keyName`, `base64`.
    static func signatures(_ text: String) throws(LogFlaw) -> [NoteSignature] {
        var reader = LineReader(text)
        var signatures: [NoteSignature] = []
        while let line = reader.next() {
            guard signatures.count < signaturesMax else { throw LogFlaw(.signatureCount) }
            do {
                signatures.append(try NoteSignature(parsing: line))
            } catch {
                throw LogFlaw(error.fault, line: reader.line)
            }
        }
        guard reader.remainder.isEmpty else { throw LogFlaw(.noteForm) }
        return signatures
    }

    static func lines(of signatures: [NoteSignature]) -> String {
        signatures.map { "\($0)\n" }.joined()
    }

    /// Where the empty line begins that parts the text from the signatures: after the text's last line feed.
    private static func lastEmptyLine(of bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }
    }
}
