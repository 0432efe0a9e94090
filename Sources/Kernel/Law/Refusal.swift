/// Why the world refuses an act: a sentence for the reader and, where the law says no, its clause.
///
/// Each slice has one closed enum that conforms. The web maps `kind` to a status, the command line to an exit code.
package protocol Refusal: Error, Sendable {
    var kind: RefusalKind { get }
    /// Stable, lower case, dashed: `publication-withdrawn`.
    var code: String { get }
    /// One sentence, Chinese first, for whoever asked: what, where, what to do.
    var detail: String { get }
    /// The clause behind a legal refusal, or nil.
    var clause: String? { get }
}

extension Refusal {
    package var clause: String? { nil }
}

package enum RefusalKind: String, Sendable {
    case notFound, invalid, conflict, forbidden, tooMuch, later
}
