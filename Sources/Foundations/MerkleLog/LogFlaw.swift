/// Why bytes are not what the log's formats say they must be, or a proof proves nothing.
///
/// It never holds the bytes: what comes from outside is not repeated into messages and logs.
package struct LogFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Fault: String, Sendable, Hashable, CaseIterable {
        case treeSize = "the size of a tree is out of range"
        case leafIndex = "the tree has no leaf of that number"
        case tileAddress = "this is no address of a tile"
        case tileLength = "a tile does not have as many hashes as its address says"
        case bundleLength = "a bundle of entries does not hold as many as it must, or ends within one"
        case entryLength = "an entry of a log has at most 65,535 bytes"
        case hashLength = "a hash has 32 bytes"
        case subtree = "this is no subtree of the tree"
        case proofLength = "the proof has too many hashes or too few"
        case proofHash = "the proof does not lead to the root"
        case base64 = "this is not base 64 in its one exact form"
        case number = "this is not a number in decimal digits without leading zeroes"
        case textLength = "the text is longer than is read"
        case utf8 = "the text is not UTF-8"
        case control = "the text has a control character"
        case noteForm = "this is no signed note"
        case signatureLine = "a line of the note is no signature"
        case signatureCount = "the note has more signatures than are read"
        case keyName = "the name of a key is empty, or has a space or a plus sign"
        case keyForm = "this is no verifier key"
        case keyNumber = "the number of the key does not follow from its name and bytes"
        case weakKey = "the public key is a point under which signatures can be forged"
        case keyRefused = "a signature by a known key does not fit the text"
        case noKnownKey = "nobody whose key is known signed"
        case checkpointForm = "the text of the note is no checkpoint"
        case otherLog = "the checkpoint is of another log"
        case proofForm = "this is no proof file"
        case requestForm = "this is no request to a witness"
        case answerForm = "this is no answer of a witness"
        case timeRange = "the time of a signature is out of range"
    }

    package let fault: Fault
    /// The line of the text, from 1; nil for the whole.
    package let line: Int?

    package init(_ fault: Fault, line: Int? = nil) {
        self.fault = fault
        self.line = line
    }

    package var description: String { line.map { "line \($0): \(fault.rawValue)" } ?? fault.rawValue }
}
